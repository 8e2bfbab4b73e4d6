//! Pictures of recordings as textures: made when they are first painted, and let go of when others
//! have been painted since.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::Color32;
use egui::ColorImage;
use egui::CornerRadius;
use egui::Id;
use egui::Rect;
use egui::Stroke;
use egui::StrokeKind;
use egui::TextureHandle;
use egui::TextureOptions;
use egui::Ui;
use egui::mutex::Mutex;
use egui::pos2;
use egui::vec2;

use super::ctx::Ctx;
use super::theme::Icon;
use super::theme::paint_icon;
use super::theme::size;
use super::theme::tokens;
use crate::app::Cover;
use crate::media::Thumbnail;
use crate::model::Media;

/// How many textures are held.
const MAX_HELD: usize = 160;
/// The radius of a picture's corners.
const RADIUS: u8 = 3;

/// Textures by the content of the file, with when each was last painted.
#[derive(Clone, Default)]
struct Textures(Arc<Mutex<BTreeMap<String, (TextureHandle, u64)>>>);

/// Paints the picture of a recording into `rect`, whole and in its middle; where there is none, a
/// quiet stand-in.
pub(super) fn paint_cover(ui: &Ui, ctx: &Ctx<'_>, media: Option<&Media>, rect: Rect) {
    let cover = media.and_then(|media| Some((media, ctx.app.covers().get(media)?)));
    match cover {
        Some((media, Cover::Ready(small))) => {
            let texture = texture(ui, &media.hash, small);
            let shape = vec2(small.width as f32, small.height as f32);
            let scale = (rect.width() / shape.x).min(rect.height() / shape.y);
            let inside = Rect::from_center_size(rect.center(), shape * scale);
            let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            let radius = CornerRadius::same(RADIUS);
            let shape = egui::epaint::RectShape::filled(inside, radius, Color32::WHITE)
                .with_texture(texture.id(), all);
            ui.painter().add(shape);
            // A picture as light or as dark as the panel has an edge all the same.
            outline(ui, inside);
        }
        Some((_, Cover::Coming | Cover::None)) | None => {
            outline(ui, rect);
            let side = (rect.height() * 0.45).round().max(8.0);
            let icon = Rect::from_center_size(rect.center(), vec2(side, side));
            paint_icon(ui.painter(), Icon::Note, icon, tokens(ui).line_strong);
        }
    }
}

fn outline(ui: &Ui, rect: Rect) {
    let line = Stroke::new(size::HAIRLINE, tokens(ui).line);
    let radius = CornerRadius::same(RADIUS);
    ui.painter()
        .rect_stroke(rect, radius, line, StrokeKind::Inside);
}

/// Whether a recording has a picture to show.
pub(super) fn has_cover(ctx: &Ctx<'_>, media: Option<&Media>) -> bool {
    let cover = media.and_then(|media| ctx.app.covers().get(media));
    matches!(cover, Some(Cover::Ready(_)))
}

fn texture(ui: &Ui, hash: &str, small: &Thumbnail) -> TextureHandle {
    let textures = ui.data_mut(|data| {
        data.get_temp_mut_or_default::<Textures>(Id::unique("textures of pictures"))
            .clone()
    });
    let pass = ui.cumulative_pass_nr();
    let mut held = textures.0.lock();
    if let Some((texture, painted)) = held.get_mut(hash) {
        *painted = pass;
        return texture.clone();
    }
    let pixels = [small.width as usize, small.height as usize];
    let image = ColorImage::from_rgb(pixels, &small.rgb);
    let texture = ui.load_texture(hash, image, TextureOptions::LINEAR);
    held.insert(hash.to_owned(), (texture.clone(), pass));
    if held.len() > MAX_HELD {
        let oldest = held.iter().min_by_key(|(_, (_, painted))| *painted);
        if let Some(oldest) = oldest.map(|(hash, _)| hash.clone()) {
            held.remove(&oldest);
        }
    }
    texture
}
