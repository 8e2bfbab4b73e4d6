//! The addresses of files as timelines write them, brought to the paths that people know.

/// The path of an address: without `file:` and host, with what was escaped (RFC 3986, section 2.1)
/// put back. Another kind of address, or a plain path, stays as it is.
pub(super) fn path(address: &str) -> String {
    let address = address.trim();
    let has_scheme = address
        .get(..5)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("file:"));
    if !has_scheme {
        return address.to_owned();
    }
    let rest = address.get(5..).unwrap_or_default();
    let rest = match rest.strip_prefix("//") {
        Some(with_host) => match with_host.find('/') {
            Some(slash) => {
                let (host, path) = with_host.split_at(slash);
                if host.is_empty() || host.eq_ignore_ascii_case("localhost") {
                    path.to_owned()
                } else {
                    // A share of a Windows network.
                    format!("//{host}{path}")
                }
            }
            None => with_host.to_owned(),
        },
        None => rest.to_owned(),
    };
    let path = unescaped(&rest);
    // `/D:/media` is a drive's.
    let is_drive = path.as_bytes().get(2) == Some(&b':')
        && path.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
    match path.strip_prefix('/') {
        Some(on_drive) if is_drive => on_drive.to_owned(),
        _ => path,
    }
}

fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|b| char::from(*b).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (*first, digit(0), digit(1)) {
            bytes.push((high * 16 + low) as u8);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_not_utf_8| text.to_owned())
}

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_a_path() {
        for (address, expected) in [
            (
                "file:///Volumes/A/Caf%C3%A9%202.mov",
                "/Volumes/A/Café 2.mov",
            ),
            ("file://localhost/D%3a/media/a.mov", "D:/media/a.mov"),
            ("file://server/share/a.mov", "//server/share/a.mov"),
            ("file:/a/100%", "/a/100%"),
            ("FILE:///a/%zz", "/a/%zz"),
            ("file:///a/%FF", "/a/%FF"),
            ("./media/a%20b.mov", "./media/a%20b.mov"),
            ("https://host/a%20b", "https://host/a%20b"),
            ("", ""),
        ] {
            assert_eq!(path(address), expected, "{address}");
        }
    }
}
