//! A file that appears whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Written beside its destination and moved there by [`commit`](AtomicFile::commit); dropped without
/// it, nothing remains and what stood at the destination stands.
#[derive(Debug)]
pub struct AtomicFile {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl AtomicFile {
    /// Starts a file for `path`; its directory must exist.
    ///
    /// # Errors
    /// Where the directory cannot be written to.
    pub fn create(path: &Path) -> io::Result<Self> {
        let directory = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if !directory.is_dir() {
            let what = format!("{} is no directory; make it first", directory.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, what));
        }
        Self::staged(path, directory)
    }

    /// Starts a file for `path` in another directory of the same file system, where what a killed
    /// program leaves behind is found and removed.
    ///
    /// # Errors
    /// Where that directory cannot be written to.
    pub fn staged(path: &Path, staging: &Path) -> io::Result<Self> {
        let file = NamedTempFile::new_in(staging)?;
        Ok(AtomicFile { file: BufWriter::new(file), path: path.to_path_buf() })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    /// Where the last bytes cannot be written or the file cannot be moved.
    pub fn commit(self) -> io::Result<()> {
        let file = self.file.into_inner()?;
        // A temporary file is private; the result is to be as readable as any other.
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&self.path).map_or(0o644, |m| m.permissions().mode());
            file.as_file().set_permissions(fs::Permissions::from_mode(mode))?;
        }
        file.persist(&self.path).map_err(|e| e.error)?;
        Ok(())
    }
}

impl Write for AtomicFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        self.file.write(buffer)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
