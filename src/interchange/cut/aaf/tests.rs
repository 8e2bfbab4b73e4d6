//! What holds of compositions in AAF. What is read of a whole one is in `tests/interchange.rs`.

use super::*;

#[test]
fn a_composition_is_known_by_what_its_header_says() {
    let header = |kind: &[u8]| [MAGIC, kind].concat();
    for kind in KINDS {
        assert_eq!(fit(&header(kind)), Fit::Sure);
    }
    assert_eq!(fit(&header(&[0; 16])), Fit::Maybe);
    assert_eq!(fit(b"RIFF"), Fit::No);
}

#[test]
fn labels_go_by_at_the_rate_that_has_as_many_of_them() {
    let label = |per_second, rate, programme| {
        let code = Code {
            start: 86_400,
            per_second,
            counting: Counting::NonDrop,
            rate,
        };
        code.label(programme)
    };
    let hour = FrameRate::F23_976.to_ticks(Frames::new(86_400));
    assert_eq!(label(24, Some(FrameRate::F23_976), FrameRate::F59_94), hour);
    assert_eq!(label(24, None, FrameRate::F23_976), hour);
    let sound = FrameRate::new(1, 1).ok();
    assert_eq!(label(24, sound, FrameRate::F23_976), hour);
    assert_eq!(label(24, None, FrameRate::F29_97), hour);
    assert_eq!(label(24, None, FrameRate::F25), Ticks::from_secs(3600));
}

#[test]
fn a_damaged_file_is_refused_and_not_read() {
    let mut report = Report::default();
    let whole = read(MAGIC, &ReadOptions::default(), &mut report);
    assert!(matches!(whole, Err(ReadError::Broken { .. })));
}
