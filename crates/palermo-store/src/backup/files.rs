//! The files of a backup: written so that they are whole or not there, read
//! only if no byte was changed.

use super::{FORMAT, Manifest, TableFile};
use crate::{
    cell::Cell,
    error::{Error, Result},
    table::TableInfo,
};
use hmac::{Hmac, KeyInit, Mac};
use palermo_crypto::Key;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use std::{
    fs::{self, File, OpenOptions},
    io::{BufRead, BufReader, BufWriter, Read, Write},
    path::{Path, PathBuf},
};

const MANIFEST: &str = "manifest.json";
const MARK: &str = "manifest.mark";

/// Makes an empty folder only its owner may enter.
pub(super) fn new_folder(folder: &Path) -> Result<()> {
    let occupied = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if occupied {
        let folder = folder.display();
        return Err(Error::Refused(format!("the folder `{folder}` is not empty")));
    }
    fs::create_dir_all(folder).map_err(|error| Error::file(folder, error))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
            .map_err(|error| Error::file(folder, error))?;
    }
    Ok(())
}

pub(super) fn create(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map_err(|error| Error::file(path, error))
}

/// One table's file, being written.
pub(super) struct TableWriter<'a> {
    table: &'a TableInfo,
    path: PathBuf,
    out: BufWriter<File>,
    hash: Sha256,
    rows: u64,
}

impl<'a> TableWriter<'a> {
    pub(super) fn new(folder: &Path, table: &'a TableInfo) -> Result<Self> {
        let path = folder.join(format!("{}.jsonl", table.name));
        let out = BufWriter::new(create(&path)?);
        Ok(Self { table, path, out, hash: Sha256::new(), rows: 0 })
    }

    pub(super) fn row(&mut self, row: &[Cell]) -> Result<()> {
        let named = self.table.columns.iter().zip(row);
        let named = named.filter(|(_, cell)| **cell != Cell::Null);
        let object: Map<String, Json> =
            named.map(|(column, cell)| (column.name.to_owned(), cell.to_backup())).collect();
        let mut line = Json::Object(object).to_string();
        line.push('\n');
        self.hash.update(line.as_bytes());
        self.rows += 1;
        self.out.write_all(line.as_bytes()).map_err(|error| Error::file(&self.path, error))
    }

    pub(super) fn finish(mut self) -> Result<TableFile> {
        let failed = |error| Error::file(&self.path, error);
        self.out.flush().map_err(failed)?;
        self.out.get_ref().sync_all().map_err(failed)?;
        let sha256 = hex::encode(self.hash.finalize());
        Ok(TableFile { name: self.table.name.to_owned(), rows: self.rows, sha256 })
    }
}

fn mark_of(key: &Key, manifest: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
    mac.update(manifest);
    Some(hex::encode(mac.finalize().into_bytes()))
}

/// Writes the manifest last: a folder without one is no backup.
pub(super) fn write_manifest(folder: &Path, manifest: &Manifest, key: &Key) -> Result<()> {
    let text = serde_json::to_vec_pretty(manifest).map_err(|e| Error::Corrupt(e.to_string()))?;
    let mark = mark_of(key, &text).unwrap_or_default();
    for (name, content) in [(MARK, mark.as_bytes()), (MANIFEST, text.as_slice())] {
        let path = folder.join(name);
        let mut file = create(&path)?;
        let written = file.write_all(content).and_then(|()| file.sync_all());
        written.map_err(|error| Error::file(&path, error))?;
    }
    let opened = File::open(folder).and_then(|folder| folder.sync_all());
    opened.map_err(|error| Error::file(folder, error))
}

/// A folder's manifest, not yet trusted.
pub(super) fn read_manifest(folder: &Path) -> Result<(Manifest, Vec<u8>)> {
    let path = folder.join(MANIFEST);
    let text = fs::read(&path).map_err(|error| Error::file(&path, error))?;
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|error| Error::Refused(format!("`{}`: {error}", path.display())))?;
    if manifest.format != FORMAT {
        let format = manifest.format;
        return Err(Error::Refused(format!("this backup has format `{format}`, not `{FORMAT}`")));
    }
    Ok((manifest, text))
}

/// Refuses a manifest this installation did not make, and files that are not
/// exactly those it lists.
pub(super) fn check(folder: &Path, manifest: &Manifest, text: &[u8], key: &Key) -> Result<()> {
    let path = folder.join(MARK);
    let mark = fs::read_to_string(&path).map_err(|error| Error::file(&path, error))?;
    let expected = mark_of(key, text).unwrap_or_default();
    if !palermo_crypto::same(mark.trim().as_bytes(), expected.as_bytes()) {
        return Err(Error::Refused(
            "the list of this backup was changed, or another installation made it".into(),
        ));
    }
    for table in &manifest.tables {
        let path = folder.join(format!("{}.jsonl", table.name));
        let found = hash_file(&path)?;
        if found != table.sha256 {
            return Err(Error::Refused(format!("the file `{}` was changed", path.display())));
        }
    }
    Ok(())
}

fn hash_file(path: &Path) -> Result<String> {
    let failed = |error| Error::file(path, error);
    let mut file = File::open(path).map_err(failed)?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        let read = file.read(&mut buffer).map_err(failed)?;
        let Some(some) = buffer.get(..read).filter(|some| !some.is_empty()) else { break };
        hash.update(some);
    }
    Ok(hex::encode(hash.finalize()))
}

/// The rows of a table's file, one by one.
pub(super) struct TableReader<'a> {
    table: &'a TableInfo,
    path: PathBuf,
    lines: std::io::Lines<BufReader<File>>,
}

impl<'a> TableReader<'a> {
    pub(super) fn open(folder: &Path, table: &'a TableInfo) -> Result<Self> {
        let path = folder.join(format!("{}.jsonl", table.name));
        let file = File::open(&path).map_err(|error| Error::file(&path, error))?;
        Ok(Self { table, path, lines: BufReader::new(file).lines() })
    }

    /// Up to `most` rows; none at the end.
    pub(super) fn some(&mut self, most: usize) -> Result<Vec<Vec<Cell>>> {
        let mut rows = Vec::new();
        for line in self.lines.by_ref().take(most) {
            let line = line.map_err(|error| Error::file(&self.path, error))?;
            rows.push(read_row(self.table, &line)?);
        }
        Ok(rows)
    }
}

fn read_row(table: &TableInfo, line: &str) -> Result<Vec<Cell>> {
    let name = table.name;
    let strange = |what: &str| Error::Refused(format!("a row of `{name}` {what}"));
    let mut object: Map<String, Json> =
        serde_json::from_str(line).map_err(|_| strange("cannot be read"))?;
    let mut row = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        let json = object.remove(column.name).unwrap_or(Json::Null);
        let cell = Cell::from_backup(json, column.kind);
        let cell = cell.ok_or_else(|| strange(&format!("has a strange `{}`", column.name)))?;
        if cell == Cell::Null && !column.nullable {
            return Err(strange(&format!("has no `{}`", column.name)));
        }
        row.push(cell);
    }
    match object.keys().next() {
        Some(unknown) => Err(strange(&format!("has an unknown column `{unknown}`"))),
        None => Ok(row),
    }
}
