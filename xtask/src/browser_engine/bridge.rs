use std::fs;
use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

/// Writes the module and the script that loads it, `NAME_bg.wasm` and `NAME.js`, into a folder.
pub(super) fn write(module: &Path, folder: &Path, name: &str) -> Result<(), String> {
    let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", module.display());
    fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    let mut bindgen = Bindgen::new();
    bindgen.web(true).map_err(|error| failed(&error))?;
    bindgen.input_path(module).out_name(name).typescript(false).remove_name_section(true);
    bindgen.remove_producers_section(true).generate(folder).map_err(|error| failed(&error))
}
