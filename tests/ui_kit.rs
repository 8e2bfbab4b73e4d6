//! The interface kit: how its parts behave, found by their accessible names, and how they look.

#[path = "ui_kit/behaviour.rs"]
mod behaviour;
#[path = "ui_kit/gallery.rs"]
mod gallery;
#[path = "ui_kit/pictures.rs"]
mod pictures;
#[path = "ui_kit/sheet.rs"]
mod sheet;
