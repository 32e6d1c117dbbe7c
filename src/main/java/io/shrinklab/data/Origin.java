package io.shrinklab.data;

import ai.djl.ndarray.NDManager;
import org.jspecify.annotations.Nullable;

/** How the rows of a data set are had. */
interface Origin {
  /** Equal where the same rows are read, however many of them are asked for. */
  Object key();

  /**
   * Reads all rows.
   *
   * @param manager lends its engine to DJL's loaders
   * @throws DataException when they cannot be had; the message says what to do
   */
  Source read(NDManager manager) throws DataException;

  /**
   * All rows where no engine is needed to read them; null where one is, after making sure that the
   * set is on this machine, downloading it where that is allowed.
   *
   * @throws DataException when they cannot be had; the message says what to do
   */
  @Nullable Source readWithoutEngine() throws DataException;

  /** A set that is read as it is, whole. */
  record Plain(Object key, Reader reader) implements Origin {
    @Override
    public Source read(NDManager manager) throws DataException {
      return reader.read();
    }

    @Override
    public Source readWithoutEngine() throws DataException {
      return reader.read();
    }
  }

  /** An image set that DJL's loaders read. */
  record Images(ImageSet key, ImageStore store) implements Origin {
    @Override
    public Source read(NDManager manager) throws DataException {
      return store.read(key, manager);
    }

    @Override
    public @Nullable Source readWithoutEngine() throws DataException {
      store.ensureAvailable(key);
      return null;
    }
  }

  /** Reads all rows. */
  interface Reader {
    /** Those of a set that needs no engine. */
    Source read() throws DataException;
  }
}
