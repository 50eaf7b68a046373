//! All that crosses from one context to another, defined once.
