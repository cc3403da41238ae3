//! 控制字: what each control word does to what is being read.

use super::reader::{Reader, Row, Set};
use super::state::{Destination, of_charset, of_page};
use crate::piece::{Enclosure, EnclosureKind, Refusal};
use crate::read::office::fields::Field;
use crate::read::office::grid::{Merge, Shape};
use crate::read::office::notes;

impl Reader {
    /// A control word and its number.
    pub(super) fn word(&mut self, word: &[u8], number: Option<i32>) -> Result<(), Refusal> {
        if word == b"u" {
            self.unicode(number.unwrap_or(0));
            return Ok(());
        }
        // A word among what stands in for a character is one of that.
        self.flush();
        let n = number.unwrap_or(0);
        let on = number != Some(0);
        if std::mem::take(&mut self.state.optional)
            && !matches!(
                word,
                b"shpinst"
                    | b"fldinst"
                    | b"nesttableprops"
                    | b"listtext"
                    | b"pntext"
                    | b"footnote"
                    | b"annotation"
                    | b"shppict"
            )
        {
            if matches!(word, b"atnid" | b"atnauthor") || self.state.destination == Destination::Fonts {
                self.state.destination = Destination::Nowhere;
                return Ok(());
            }
            return self.go(Destination::Nowhere);
        }
        match word {
            b"ansicpg" => self.encoding = of_page(n).unwrap_or(self.encoding),
            b"uc" => self.state.fallback = usize::try_from(n).unwrap_or(0).min(16),
            b"fonttbl" => self.go(Destination::Fonts)?,
            b"stylesheet" => self.go(Destination::Styles)?,
            b"f" => self.state.font = n,
            b"fcharset" => {
                let font = self.fonts.entry(self.state.font).or_default();
                font.encoding = of_charset(n);
            }
            b"b" => self.state.bold = on,
            b"v" => self.state.hidden = on,
            b"deleted" => self.state.deleted = on,
            b"plain" => (self.state.bold, self.state.hidden, self.state.deleted) = (false, false, false),
            b"pict" => {
                if self.is_text() {
                    self.flow.enclose(Enclosure {
                        kind: EnclosureKind::Image,
                        name: String::new(),
                        target: String::new(),
                    });
                }
                self.go(Destination::Nowhere)?;
            }
            b"annotation" => {
                self.flow.tally.comments += 1;
                self.go(Destination::Nowhere)?;
            }
            b"objdata" | b"objclass" => self.go(Destination::Nowhere)?,
            b"object" => self.flow.tally.objects += usize::from(self.is_text()),
            b"colortbl" | b"info" | b"listtable" | b"listoverridetable" | b"filetbl" | b"revtbl" | b"rsidtbl"
            | b"pn" | b"shprslt" | b"nonshppict" | b"nonesttables" | b"bkmkstart" | b"bkmkend" | b"xe" | b"tc"
            | b"sp" | b"template" | b"private" => self.go(Destination::Nowhere)?,
            b"field" => {
                self.state.field = true;
                self.fields.push(Field::default());
            }
            b"fldinst" => self.go(Destination::Instruction)?,
            b"fldrslt" => {
                if let Some(field) = self.fields.last_mut() {
                    field.shown = true;
                }
            }
            b"listtext" | b"pntext" => self.go(Destination::Number)?,
            b"shptxt" => self.go(Destination::Box)?,
            b"footnote" => self.go(Destination::Note(notes::Kind::Foot))?,
            b"ftnalt" => {}
            b"header" | b"headerl" | b"headerr" | b"headerf" | b"footer" | b"footerl" | b"footerr" | b"footerf" => {
                self.go(Destination::Running)?;
            }
            _ if self.state.destination == Destination::Styles => self.style(word, n),
            _ if self.is_text() || self.state.destination == Destination::Number => self.in_text(word, n, on)?,
            _ => {}
        }
        Ok(())
    }

    /// A style says what its paragraphs are.
    fn style(&mut self, word: &[u8], n: i32) {
        match word {
            b"s" => self.set.style = n,
            b"outlinelevel" => {
                self.styles.insert(self.set.style, u8::try_from(n).unwrap_or(9));
            }
            _ => {}
        }
    }

    /// A control word within text.
    fn in_text(&mut self, word: &[u8], n: i32, on: bool) -> Result<(), Refusal> {
        let sign = match word {
            b"tab" => "\t",
            b"line" | b"lbr" => "\n",
            b"emdash" => "—",
            b"endash" => "–",
            b"lquote" => "‘",
            b"rquote" => "’",
            b"ldblquote" => "“",
            b"rdblquote" => "”",
            b"bullet" => "•",
            b"enspace" | b"emspace" | b"qmspace" => " ",
            _ => "",
        };
        if !sign.is_empty() {
            self.print(sign);
            return Ok(());
        }
        if self.state.destination == Destination::Number {
            return Ok(());
        }
        match word {
            b"pard" => self.set = Set::default(),
            b"intbl" => self.set.in_table = on,
            b"itap" => self.set.depth = usize::try_from(n).unwrap_or(0),
            b"qc" => self.set.centred = true,
            b"ql" | b"qr" | b"qj" | b"qd" => self.set.centred = false,
            b"outlinelevel" => self.set.outline = u8::try_from(n).ok(),
            b"s" => self.set.style = n,
            b"pagebb" => self.set.page_break = on,
            b"par" => self.end_paragraph()?,
            b"sect" => {
                self.end_paragraph()?;
                self.flow.page_break();
            }
            b"page" => {
                if !self.paragraph().text.trim().is_empty() {
                    self.end_paragraph()?;
                }
                self.flow.page_break();
            }
            b"cell" | b"nestcell" => {
                self.set.in_table = true;
                self.end_paragraph()?;
                self.flow.end_cell()?;
            }
            b"row" | b"nestrow" => {
                let row = std::mem::take(&mut self.row);
                self.flow.end_row(row.shapes.clone(), row.header);
                // What is said of a row holds for those after it that say nothing.
                self.row = row;
            }
            b"trowd" => self.row = Row::default(),
            b"trhdr" => self.row.header = true,
            b"trleft" => self.row.left = i64::from(n),
            b"clvmgf" => self.row.merge = Merge::Begins,
            b"clvmrg" => self.row.merge = Merge::Above,
            b"clmrg" => self.row.merge = Merge::Left,
            b"cellx" if self.row.shapes.len() < 1000 => {
                let left = self.row.shapes.last().map_or(self.row.left, |s| s.edges.1);
                let merge = std::mem::take(&mut self.row.merge);
                self.row.shapes.push(Shape { edges: (left, i64::from(n)), merge });
            }
            _ => {}
        }
        Ok(())
    }
}
