//! The verifier in a page: bytes of a pack in, what was found out.

use std::io::Cursor;

use crate::{
    evidence::timestamp::Roots,
    pack::{self, Problem, TokenReport},
    protocol::{ProblemView, TokenState, TokenView, Verdict, VerifyView},
};

/// Checks a pack against the roots that the verifier ships.
pub async fn check(bytes: Vec<u8>) -> VerifyView {
    let roots = Roots::shipped().unwrap_or_else(|_| Roots::none());
    let report = pack::verify(&mut Cursor::new(bytes), &roots);
    VerifyView {
        verdict: match report.verdict {
            pack::Verdict::Intact => Verdict::Intact,
            pack::Verdict::Partial => Verdict::Partial,
            pack::Verdict::Refused => Verdict::Refused,
        },
        problems: report.problems.into_iter().map(problem).collect(),
        // A changed key, a late date, an archive made again: a reader must see them too.
        doubts: report.doubts.into_iter().chain(report.notes).map(problem).collect(),
        demo: report.cases.iter().any(|case| case.demo),
        tokens: report.tokens.into_iter().map(token).collect(),
        files: report.files,
    }
}

fn problem(Problem { file, entry, code, message }: Problem) -> ProblemView {
    ProblemView { file, entry, code, message }
}

fn token(token: TokenReport) -> TokenView {
    TokenView {
        state: match token.state {
            pack::TokenState::Verified => TokenState::Verified,
            pack::TokenState::NotEstablished => TokenState::NotEstablished,
            pack::TokenState::Refused => TokenState::Refused,
        },
        file: token.file,
        tsa: token.tsa,
        gen_time: token.gen_time,
    }
}
