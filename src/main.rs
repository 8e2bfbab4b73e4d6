//! Needledrop.

fn main() {}
