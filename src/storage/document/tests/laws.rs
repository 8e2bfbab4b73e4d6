//! What holds whatever two people do to their copies.

use proptest::prelude::*;

use super::*;
use crate::model::testing;
use crate::model::testing::{numbers, seeded};

/// A copy of a document with the show in memory that goes with it.
struct Desk {
    document: Document,
    show: Show,
}

impl Desk {
    fn of(document: &Document, name: &str) -> Self {
        let document = copy_of(document, name);
        let show = document.show();
        Self { document, show }
    }

    fn work(&mut self, numbers: &[testing::Numbers]) {
        let transaction = testing::transaction(&self.show, numbers);
        self.show
            .apply_all(&transaction.edits)
            .expect("made to fit");
        self.document
            .commit(&transaction, now())
            .expect("it fits the show, so it fits the document");
        self.take_arrived();
    }

    fn merge(&mut self, other: &Self) {
        self.document
            .merge(&other.document)
            .expect("copies of one show");
        self.take_arrived();
    }

    fn take_arrived(&mut self) {
        if let Some(arrived) = self.document.take_arrived(&self.show) {
            self.show.apply_all(&arrived.edits).expect("they fit");
        }
    }
}

fn seed_document() -> Document {
    Document::new(&testing::small_show(), &who("Ana"), now())
}

proptest! {
    #![proptest_config(seeded(150))]

    #[test]
    fn the_document_holds_what_the_show_holds(numbers in numbers(40), n_together in 1_usize..5) {
        let mut desk = Desk::of(&seed_document(), "Ana");
        for some in numbers.chunks(n_together) {
            desk.work(some);
            prop_assert_eq!(&desk.document.show(), &desk.show);
        }
        let saved = copy_of(&desk.document, "Ana");
        prop_assert_eq!(saved.show(), desk.show);
    }

    #[test]
    fn copies_changed_apart_come_together_in_order(
        anas in numbers(40),
        bens in numbers(40),
        n_together in 1_usize..5,
        n_between in 1_usize..8,
    ) {
        let document = seed_document();
        let (mut ana, mut ben) = (Desk::of(&document, "Ana"), Desk::of(&document, "Ben"));
        let n = anas.chunks(n_together).len().max(bens.chunks(n_together).len());
        for i in 0..n {
            ana.work(anas.chunks(n_together).nth(i).unwrap_or_default());
            ben.work(bens.chunks(n_together).nth(i).unwrap_or_default());
            if i % n_between == 0 {
                ana.merge(&ben);
                prop_assert_eq!(sweep(&ana.show), []);
                prop_assert_eq!(&ana.show, &ana.document.show());
            }
        }
        ben.merge(&ana);
        ana.merge(&ben);
        prop_assert_eq!(sweep(&ana.show), []);
        prop_assert_eq!(&ana.show, &ana.document.show());
        prop_assert_eq!(&ana.show, &ben.show);
    }

    #[test]
    fn any_bytes_are_refused_or_read_without_a_panic(bytes in any::<Vec<u8>>()) {
        prop_assert!(Document::load(&bytes).is_err());
    }

    #[test]
    fn a_document_cut_short_or_changed_is_refused(at in any::<u16>(), flip in 1_u8..) {
        let bytes = small_document().save();
        let at = usize::from(at) % bytes.len();
        let short = bytes.get(..at).unwrap_or_default();
        prop_assert!(Document::load(short).is_err());
        let mut changed = bytes.clone();
        if let Some(byte) = changed.get_mut(at) {
            *byte ^= flip;
        }
        prop_assert!(Document::load(&changed).is_err());
    }
}
