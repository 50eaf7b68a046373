//! The traits that the outside fills, and their memory twins.
