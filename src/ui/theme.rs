//! How everything looks, in one place: colours by role, sizes, type, icons.
//!
//! [`apply`] makes stock egui widgets look right; [`tokens()`] hands out the roles that hand-painted
//! things are made of. No other module names a colour.

mod contrast;
mod dark;
mod fonts;
pub mod icons;
mod light;
pub mod size;
mod style;
mod tokens;
pub mod type_style;

pub use contrast::contrast_ratio;
pub use icons::Icon;
pub use icons::paint_icon;
pub use style::apply;
pub use tokens::LabelColors;
pub use tokens::Tokens;
pub use tokens::WaveColors;
pub use tokens::tokens;
