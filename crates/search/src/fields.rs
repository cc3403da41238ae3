//! The fields of the index underneath: two of text, one for each field to filter by, and numbers.

use tantivy::schema::{
    FAST, Field as Id, IndexRecordOption, NumericOptions, Schema as Fields, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};

use crate::document::Schema;

/// The name under which the word analyzer is registered.
pub(crate) const WORDS: &str = "words";
/// The name under which the analyzer of field values is registered.
pub(crate) const KEY: &str = "key";

/// The columns that say which document a record belongs to, counted within its shard, and where in its normalised text it stands.
pub(crate) const RECORD_COLUMNS: [&str; 3] = ["of", "from", "length"];
/// The column that says how many characters the title of a document takes.
pub(crate) const TITLE_LENGTH: &str = "title_length";

/// The fields of an index.
pub(crate) struct Layout {
    #[cfg_attr(not(feature = "write"), allow(dead_code))]
    pub schema: Fields,
    /// The whole text with the title and the number.
    pub text: Id,
    /// The title and the number.
    pub title: Id,
    #[cfg_attr(not(feature = "write"), allow(dead_code))]
    pub title_length: Id,
    #[cfg_attr(not(feature = "write"), allow(dead_code))]
    pub record: [Id; 3],
    /// The fields to filter by, in the order of the schema.
    pub values: Vec<Id>,
}

/// The name of a field to filter by; the prefix keeps it apart from the engine's own.
pub(crate) fn column(name: &str) -> String {
    format!("f_{name}")
}

impl Layout {
    pub(crate) fn new(schema: &Schema) -> Self {
        let mut builder = SchemaBuilder::new();
        let words = TextFieldIndexing::default()
            .set_tokenizer(WORDS)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
            .set_fieldnorms(true);
        let text = builder.add_text_field("text", TextOptions::default().set_indexing_options(words.clone()));
        let title =
            builder.add_text_field("title", TextOptions::default().set_indexing_options(words.set_fieldnorms(false)));
        let title_length = builder.add_u64_field(TITLE_LENGTH, NumericOptions::from(FAST));
        let record = RECORD_COLUMNS.map(|name| builder.add_u64_field(name, NumericOptions::from(FAST)));
        let key = TextFieldIndexing::default()
            .set_tokenizer(KEY)
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false);
        let values = schema
            .fields
            .iter()
            .map(|field| {
                let mut options = TextOptions::default().set_indexing_options(key.clone());
                if field.facet {
                    options = options.set_fast("raw");
                }
                builder.add_text_field(&column(&field.name), options)
            })
            .collect();
        Layout { schema: builder.build(), text, title, title_length, record, values }
    }
}
