//! An opened index.

use std::{path::Path, sync::Arc};

#[cfg(feature = "write")]
use tantivy::schema::IndexRecordOption;
use tantivy::{InvertedIndexReader, SegmentReader};

use crate::{
    Error,
    document::Schema,
    fields::Layout,
    phrase::Vocabulary,
    storage::{
        File, Files,
        blocks::Blocks,
        chunks::{Chunks, Source},
        directory::ReadOnly,
        header::{Header, ShardHeader},
    },
};

/// So many values of a field travel in the hot bundle.
#[cfg(feature = "write")]
const FEW: usize = 1000;

/// An index that answers queries.
pub struct Index {
    pub(crate) schema: Schema,
    pub(crate) documents: u32,
    pub(crate) records: u32,
    pub(crate) shards: Vec<ShardHeader>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) texts: Blocks,
    pub(crate) record_blocks: Blocks,
    /// `None` for an index of no documents.
    pub(crate) segment: Option<Segment>,
    chunks: Option<Arc<Chunks>>,
}

/// The inverted indexes and columns underneath.
pub(crate) struct Segment {
    pub reader: SegmentReader,
    pub layout: Layout,
    pub text: Arc<InvertedIndexReader>,
    pub title: Arc<InvertedIndexReader>,
}

impl Index {
    /// Opens the index that a [`crate::Builder`] wrote into a folder.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        Index::with_chunks(Chunks::open_folder(folder.into())?)
    }

    /// Opens a hot bundle; chunks are asked for with [`Error::Missing`] and handed in with [`Index::supply`].
    pub fn open_bundle(bundle: Vec<u8>) -> Result<Self, Error> {
        let source: Source = Box::new(|_| Ok(None));
        Index::with_chunks(Chunks::open(bundle, source)?)
    }

    fn with_chunks(chunks: Chunks) -> Result<Self, Error> {
        let chunks = Arc::new(chunks);
        let mut index = Index::with_files(chunks.header().clone(), chunks.clone())?;
        index.chunks = Some(chunks);
        Ok(index)
    }

    pub(crate) fn with_files(header: Header, files: Arc<dyn Files>) -> Result<Self, Error> {
        let segment = if header.documents == 0 {
            None
        } else {
            let directory = ReadOnly { files: files.clone(), meta: header.meta.as_str().into() };
            let index = tantivy::Index::open(directory)?;
            let segments = index.searchable_segments()?;
            let segment = segments.first().ok_or_else(|| Error::Format("没有段".into()))?;
            let reader = SegmentReader::open(segment)?;
            let layout = Layout::new(&header.schema);
            let text = reader.inverted_index(layout.text)?;
            let title = reader.inverted_index(layout.title)?;
            Some(Segment { reader, layout, text, title })
        };
        Ok(Index {
            texts: Blocks::new(files.clone(), File::Texts, &header.texts),
            record_blocks: Blocks::new(files, File::Records, &header.record_blocks),
            schema: header.schema,
            documents: header.documents,
            records: header.records,
            shards: header.shards,
            vocabulary: Vocabulary::new(header.longest_word),
            segment,
            chunks: None,
        })
    }

    /// Reads what every query may need, so that the builder sees it and puts it into the hot bundle.
    #[cfg(feature = "write")]
    pub(crate) fn warm(&self) -> Result<(), Error> {
        let Some(segment) = &self.segment else { return Ok(()) };
        segment.reader.get_fieldnorms_reader(segment.layout.text)?;
        segment.reader.fast_fields().u64(crate::fields::TITLE_LENGTH)?;
        // Every phrase is looked up in the titles too, whose postings are short.
        let mut titles = segment.title.terms().stream()?;
        while let Some((_, info)) = titles.next() {
            segment.title.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
        }
        let mut words = segment.text.terms().stream()?;
        while words.advance() {}
        for field in &segment.layout.values {
            let values = segment.reader.inverted_index(*field)?;
            // Every query that filters reads all values of a field; many of them are fetched by those that do.
            if values.terms().num_terms() <= FEW {
                let mut values = values.terms().stream()?;
                while values.advance() {}
            }
        }
        for (field, spec) in segment.layout.values.iter().zip(&self.schema.fields) {
            if spec.facet {
                let name = segment.layout.schema.get_field_name(*field).to_owned();
                segment.reader.fast_fields().str(&name)?;
            }
        }
        Ok(())
    }

    /// Takes in a chunk that [`Error::Missing`] named.
    pub fn supply(&self, name: &str, bytes: Vec<u8>) {
        if let Some(chunks) = &self.chunks {
            chunks.supply(name, bytes);
        }
    }

    /// The chunks that were asked for in vain since the last call.
    pub(crate) fn absent_chunks(&self) -> Vec<String> {
        self.chunks.as_ref().map(|chunks| chunks.take_absent()).unwrap_or_default()
    }

    /// The fields that queries can filter by.
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// How many documents there are.
    pub fn documents(&self) -> u32 {
        self.documents
    }

    /// How many bytes the texts take that results are shown from.
    pub fn stored(&self) -> u64 {
        (self.texts.bytes() + self.record_blocks.bytes()) as u64
    }

    /// How many records there are.
    pub fn records(&self) -> u32 {
        self.records
    }
}
