//! Sample quantiles, types 1 to 9.
