//! Who wrote the work that a track is a recording of, and who publishes it, with what a cue sheet
//! needs of each.

use egui::Ui;

use crate::model::Party;
use crate::ui::theme::Icon;
use crate::ui::theme::size;
use crate::ui::widgets::IconButton;
use crate::ui::widgets::TextField;
use crate::ui::widgets::choice;

/// Width of a share, of a society, and of the menu of what somebody did.
const SHARE: f32 = 46.0;
const SOCIETY: f32 = 64.0;
const ROLE: f32 = 92.0;

/// What was done to a party.
enum Change {
    Nothing,
    Set,
    Remove,
}

/// Shows parties of one kind, `Writer` or `Publisher`, and a field to add one; returns all of them
/// where one has changed.
pub(super) fn parties_ui<R: Copy + Default + PartialEq>(
    ui: &mut Ui,
    kind: &str,
    roles: &[(R, &str)],
    parties: &[Party<R>],
) -> Option<Vec<Party<R>>> {
    let mut changed = None;
    for (n, party) in parties.iter().enumerate() {
        let mut now = party.clone();
        let change = ui.push_id((kind, n), |ui| party_ui(ui, kind, roles, &mut now));
        let mut all = parties.to_vec();
        match change.inner {
            Change::Nothing => continue,
            Change::Set => all[n] = now,
            Change::Remove => drop(all.remove(n)),
        }
        changed = Some(all);
    }
    let hint = format!("Add a {}", kind.to_lowercase());
    let typed = TextField::new(&hint, "").hint(&hint).show(ui).committed;
    if let Some(name) = typed.filter(|name| !name.trim().is_empty()) {
        let mut all = parties.to_vec();
        all.push(Party::new(name.trim(), R::default()));
        changed = Some(all);
    }
    changed
}

/// Two lines: the name, and below it what the cue sheet says of it.
fn party_ui<R: Copy + PartialEq>(
    ui: &mut Ui,
    kind: &str,
    roles: &[(R, &str)],
    party: &mut Party<R>,
) -> Change {
    let mut change = Change::Nothing;
    ui.horizontal(|ui| {
        let room = (ui.available_width() - size::CHIP - 2.0 * size::UNIT).max(60.0);
        let field = TextField::new(kind, &party.name).width(room);
        if let Some(name) = field.show(ui).committed {
            name.trim().clone_into(&mut party.name);
            change = Change::Set;
        }
        let name = format!("Remove {}", party.name);
        let remove = IconButton::new(Icon::Close, &name).side(size::CHIP);
        if ui.add(remove).clicked() {
            change = Change::Remove;
        }
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().combo_width = ROLE;
        if let Some(role) = choice(ui, "Role", roles, party.role) {
            party.role = role;
            change = Change::Set;
        }
        let share = party.share.map_or_else(String::new, |it| it.to_string());
        let field = TextField::new("Share in percent", &share).hint("%");
        if let Some(typed) = field.width(SHARE).show(ui).committed {
            // What is no share leaves it as it is.
            party.share = match typed.trim() {
                "" => None,
                typed => typed.parse().ok().or(party.share),
            };
            change = Change::Set;
        }
        let field = TextField::new("Society", &party.society).hint("Society");
        if let Some(society) = field.width(SOCIETY).show(ui).committed {
            society.trim().clone_into(&mut party.society);
            change = Change::Set;
        }
        let room = ui.available_width().max(SHARE);
        let field = TextField::new("IPI number", &party.ipi).hint("IPI");
        if let Some(ipi) = field.width(room).show(ui).committed {
            ipi.trim().clone_into(&mut party.ipi);
            change = Change::Set;
        }
    });
    change
}
