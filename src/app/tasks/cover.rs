//! Reading the pictures of recordings.

use std::path::Path;
use std::sync::Arc;

use super::Outcome;
use crate::app::covers::Cover;
use crate::jobs::Work;
use crate::media;
use crate::media::Thumbnail;
use crate::storage::Cache;
use crate::storage::CacheKey;

/// The version under which pictures are kept in the cache: it grows when they are made in another
/// way.
const VERSION: u32 = 1;

/// Reads the picture of the file at `path`, whose content hash is `hash`, and hands it over. That a
/// file has none is kept in the cache too.
pub(in crate::app) fn read(work: &mut Work<'_, Outcome>, hash: String, path: &Path, cache: &Cache) {
    let key = CacheKey {
        kind: "picture",
        content: &hash,
        version: VERSION,
    };
    let cover = match cache.get(key) {
        Some(bytes) if bytes.is_empty() => Cover::None,
        Some(bytes) => Thumbnail::from_bytes(&bytes).map_or(Cover::None, ready),
        None => match media::artwork(path) {
            Ok(artwork) => {
                let small = artwork.as_ref().and_then(Thumbnail::of);
                let kept = small.as_ref().and_then(Thumbnail::to_bytes);
                if let Err(error) = cache.put(key, &kept.unwrap_or_default()) {
                    tracing::debug!("a picture was not cached: {error}");
                }
                small.map_or(Cover::None, ready)
            }
            // The file may be back later.
            Err(_) => Cover::None,
        },
    };
    work.send(Outcome::CoverRead { hash, cover });
}

fn ready(small: Thumbnail) -> Cover {
    Cover::Ready(Arc::new(small))
}
