//! What a line looks like, as far as the tables know: a line may look like several things at once.

use crate::role::Role;

/// What a line looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Looks {
    bits: u16,
}

impl Looks {
    pub(super) const NOTHING: Looks = Looks { bits: 0 };
    pub(super) const LEAD: Looks = Looks { bits: 1 };
    pub(super) const CAPTION: Looks = Looks { bits: 1 << 1 };
    pub(super) const SUBHEADLINE: Looks = Looks { bits: 1 << 2 };
    pub(super) const NAME: Looks = Looks { bits: 1 << 3 };
    pub(super) const WIRE: Looks = Looks { bits: 1 << 4 };
    pub(super) const SECTION: Looks = Looks { bits: 1 << 5 };
    pub(super) const BYLINE: Looks = Looks { bits: 1 << 6 };
    pub(super) const DATELINE: Looks = Looks { bits: 1 << 7 };
    pub(super) const CREDIT: Looks = Looks { bits: 1 << 8 };
    pub(super) const JUMP: Looks = Looks { bits: 1 << 9 };
    pub(super) const FOLIO: Looks = Looks { bits: 1 << 10 };
    pub(super) const MASTHEAD: Looks = Looks { bits: 1 << 11 };
    pub(super) const EDITORS: Looks = Looks { bits: 1 << 12 };
    pub(super) const NOTICE: Looks = Looks { bits: 1 << 13 };
    pub(super) const ALL: Looks = Looks { bits: u16::MAX };
    /// All kinds of furniture.
    pub(super) const FURNITURE: Looks = Looks::FOLIO.or(Looks::MASTHEAD).or(Looks::EDITORS).or(Looks::NOTICE);

    /// All that one or the other says.
    pub(super) const fn or(self, other: Looks) -> Looks {
        Looks { bits: self.bits | other.bits }
    }

    /// What both say.
    pub(super) const fn and(self, other: Looks) -> Looks {
        Looks { bits: self.bits & other.bits }
    }

    pub(super) fn meets(self, other: Looks) -> bool {
        self.and(other) != Looks::NOTHING
    }

    /// True where an article's body may begin like this.
    pub fn lead(self) -> bool {
        self.meets(Looks::LEAD)
    }

    /// True where a caption may begin like this.
    pub fn caption(self) -> bool {
        self.meets(Looks::CAPTION)
    }

    /// The same, but for captions.
    pub fn without_caption(self) -> Looks {
        Looks { bits: self.bits & !Looks::CAPTION.bits }
    }

    /// True where the whole line is one that stands below a headline.
    pub fn subheadline(self) -> bool {
        self.meets(Looks::SUBHEADLINE)
    }

    /// True where the whole line may be a person's name.
    pub fn name(self) -> bool {
        self.meets(Looks::NAME)
    }

    /// True where the whole line says who sent a text by wire, from where and when: who wrote it follows, in
    /// brackets.
    pub fn wire(self) -> bool {
        self.meets(Looks::WIRE)
    }

    /// True where the whole line may be the name of one of a paper's sections, or a date. At the edge of a page that
    /// bears other furniture it is that; elsewhere it may well be a heading.
    pub fn section(self) -> bool {
        self.meets(Looks::SECTION)
    }

    /// True where the whole line may be this: byline, dateline, credit, jump, folio, masthead, editors or notice.
    pub fn whole(self, role: Role) -> bool {
        let looks = match role {
            Role::Byline => Looks::BYLINE,
            Role::Dateline => Looks::DATELINE,
            Role::Credit => Looks::CREDIT,
            Role::Jump => Looks::JUMP,
            Role::Folio => Looks::FOLIO,
            Role::Masthead => Looks::MASTHEAD,
            Role::Editors => Looks::EDITORS,
            Role::Notice => Looks::NOTICE,
            _ => Looks::NOTHING,
        };
        self.meets(looks)
    }

    /// True where the whole line may be furniture of some kind.
    pub fn furniture(self) -> bool {
        self.meets(Looks::FURNITURE)
    }
}
