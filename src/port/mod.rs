//! The traits that the outside fills, and their memory twins. One adapter per port stands in `browser/`, named like it.
