//! The native command line: argument parsing only.

fn main() {}
