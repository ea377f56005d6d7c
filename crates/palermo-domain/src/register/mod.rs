//! The registers: mechanisms, States, instruments, adherence, agreements.
