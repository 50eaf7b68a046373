//! Evidence pack: write, verify.
