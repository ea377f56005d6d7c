//! The person's own view: what is held about them, shown beside a worker or
//! with a one-time code at a desk. There is no account, and nothing is sent.

use super::codes;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long a view stays open once its code was used.
pub const OPEN_FOR: Duration = Duration::from_secs(30 * 60);
/// How long a code from a desk can be used.
pub const CODE_LIVES: Duration = Duration::from_secs(60 * 60);
/// Wrong tries after which a code no longer counts.
pub const CODE_TRIES: u32 = 5;
/// Signs of a code: without those that are mistaken for one another.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// Signs in a code: four say which view it is for, twelve are its secret (sixty bits).
const CODE_LENGTH: usize = 16;

codes! {
    /// What a person can ask for about what is held.
    PersonsRequest {
        Correct = "correct", "Something is wrong: put it right";
        Complain = "complain", "Complain";
        Contest = "contest", "Contest a decision";
        Erase = "erase", "Erase what may be erased";
        Copy = "copy", "A copy to take away";
        StopSharing = "stop", "Stop sharing with someone";
        Restrict = "restrict", "Keep it, but pass nothing on until I have an answer";
    }
}

codes! {
    /// Who asked: the person, or somebody in their name (E23).
    AskedBy {
        Person = "person", "The person";
        Guardian = "guardian", "Their guardian";
        Lawyer = "lawyer", "Their lawyer";
        Named = "named", "Someone they named in writing";
    }
}

impl AskedBy {
    /// Whether whoever answers has to see first that they may ask.
    #[must_use]
    pub const fn shows_authority(self) -> bool {
        !matches!(self, Self::Person)
    }
}

/// Whether nothing may be passed on (E23): the person asked for that, and
/// nobody has answered yet. Each request is its kind and whether it was answered.
#[must_use]
pub fn restricted(requests: impl IntoIterator<Item = (PersonsRequest, bool)>) -> bool {
    requests.into_iter().any(|(kind, answered)| kind == PersonsRequest::Restrict && !answered)
}

codes! {
    /// What cannot be erased, and why: message `own-kept-<code>`.
    Kept {
        Log = "log", "The list of who looked and who changed something: it protects the person too";
        Consent = "consent", "What the person agreed to, as long as the case is kept";
        Claim = "claim", "What an open claim or permit rests on, unless the person asks otherwise";
        Counts = "counts", "Counts from which nobody can be recognised";
        Sent = "sent", "What others already received: they are asked to erase it, and their answer is shown";
    }
}

codes! {
    /// The five questions after a service, a hearing or a return (R237).
    Question {
        Safe = "safe", "Did you feel safe?";
        Listened = "listened", "Did people listen to you?";
        Understood = "understood", "Did you understand what was going on?";
        Choice = "choice", "Could you choose?";
        Again = "again", "Would you ask for this help again?";
    }
}

codes! {
    /// An answer. Any question can be left out.
    Reply {
        Yes = "yes", "Yes";
        Partly = "partly", "Partly";
        No = "no", "No";
        Skip = "skip", "I would rather not say";
    }
}

/// Fewest answers from which counts are shown to anyone (R10).
pub const FEWEST: usize = 5;

/// Counts of the answers to one question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Yes.
    pub yes: usize,
    /// Partly.
    pub partly: usize,
    /// No.
    pub no: usize,
}

/// Counts of answers, or nothing while there are fewer than [`FEWEST`]. Each
/// count is rounded down to a multiple of it, so that one more answer tells
/// nobody what that answer was.
#[must_use]
pub fn tally(replies: &[Reply]) -> Option<Tally> {
    let count = |wanted| replies.iter().filter(|reply| **reply == wanted).count();
    let (yes, partly, no) = (count(Reply::Yes), count(Reply::Partly), count(Reply::No));
    if yes + partly + no < FEWEST {
        return None;
    }
    let down = |count: usize| count - count % FEWEST;
    Some(Tally { yes: down(yes), partly: down(partly), no: down(no) })
}

/// A code to be written on a slip of paper, from random bytes.
#[must_use]
pub fn code(random: [u8; CODE_LENGTH]) -> String {
    let sign = |byte: u8| SIGNS.get(usize::from(byte & 31)).copied().map_or('2', char::from);
    let signs: Vec<char> = random.into_iter().map(sign).collect();
    let groups: Vec<String> = signs.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// A code as someone typed it, in the one way it is compared: capitals, no
/// spaces and hyphens, signs that look alike read as the one there is.
#[must_use]
pub fn normal_code(typed: &str) -> Option<String> {
    let signs = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| {
        let c = c.to_ascii_uppercase();
        match c {
            '0' | 'O' => 'Q',
            '1' | 'I' => 'L',
            other => other,
        }
    });
    let code: String = signs.collect();
    let right = code.len() == CODE_LENGTH && code.bytes().all(|byte| SIGNS.contains(&byte));
    right.then_some(code)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_code_reads_back_however_it_is_written() {
        let code = code([0, 1, 2, 3, 30, 31, 32, 33, 200, 100, 7, 8, 9, 10, 11, 12]);
        assert_eq!(code.len(), 19);
        let plain = code.replace('-', "");
        assert_eq!(normal_code(&code.to_lowercase()), Some(plain.clone()));
        assert_eq!(normal_code(&format!(" {} ", code.replace('-', " "))), Some(plain));
        assert_eq!(normal_code("2222-3333"), None);
        assert_eq!(normal_code("2222-3333-4444-555!"), None);
    }

    #[test]
    fn e23_nothing_is_passed_on_from_the_request_until_its_answer() {
        use PersonsRequest as R;
        assert!(!restricted([(R::Correct, false), (R::Restrict, true)]));
        assert!(restricted([(R::Correct, true), (R::Restrict, false)]));
        assert!(AskedBy::Lawyer.shows_authority() && !AskedBy::Person.shows_authority());
    }

    #[test]
    fn req_237_four_answers_show_nothing_and_one_more_answer_gives_nobody_away() {
        assert_eq!(tally(&[Reply::Yes; 4]), None);
        assert_eq!(tally(&[Reply::Yes; 5]), Some(Tally { yes: 5, partly: 0, no: 0 }));
        let mut replies = vec![Reply::Yes; 9];
        let before = tally(&replies);
        replies.push(Reply::No);
        assert_eq!(tally(&replies), before);
        replies.extend([Reply::Skip; 20]);
        assert_eq!(tally(&replies), before);
    }
}
