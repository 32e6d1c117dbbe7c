package io.shrinklab.data;

import ai.djl.ndarray.NDManager;
import io.shrinklab.spec.DataSpec;
import java.util.Map;
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

  /** Whether it takes no network to have them. */
  default boolean isHere() throws DataException {
    return true;
  }

  /**
   * The digest that the set's content is named by, as it is on this machine now; empty where the
   * specification alone says which rows these are. Downloads nothing.
   *
   * @return null where the set is not here
   * @throws DataException when it is here and cannot be read
   */
  @Nullable String checksum() throws DataException;

  /**
   * The same of a set that others published; null for every other kind.
   *
   * @throws DataException when it is here and cannot be read
   */
  default @Nullable String published() throws DataException {
    return null;
  }

  /**
   * The rows that a seed's parts are drawn from: of a set that is read, all of it, for all seeds.
   *
   * @param seed that decides the split
   * @param kept what was read before, by {@link #key}
   */
  default Source rows(long seed, Map<Object, Source> kept, NDManager manager) throws DataException {
    Source known = kept.get(key());
    if (known == null) {
      known = read(manager);
      kept.put(key(), known);
    }
    return known;
  }

  /** A set that is read as it is, whole, and has but one content. */
  record Plain(Object key, Reader reader) implements Origin {
    @Override
    public String checksum() {
      return "";
    }

    @Override
    public Source read(NDManager manager) throws DataException {
      return reader.read();
    }

    @Override
    public Source readWithoutEngine() throws DataException {
      return reader.read();
    }
  }

  /** A set in a file or folder of the user's. */
  record Named(Object key, UserFile.Place place, Reader reader) implements Origin {
    @Override
    public @Nullable String checksum() throws DataException {
      return place.checksum();
    }

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
    public @Nullable String checksum() throws DataException {
      ImageContent content = store.content(key);
      return content == null ? null : content.published() ? "" : "sha256:" + content.sha256();
    }

    @Override
    public @Nullable String published() throws DataException {
      return checksum();
    }

    @Override
    public Source read(NDManager manager) throws DataException {
      return store.read(key, manager);
    }

    @Override
    public @Nullable Source readWithoutEngine() throws DataException {
      store.ensureAvailable(key);
      return null;
    }

    @Override
    public boolean isHere() throws DataException {
      return store.isHere(key);
    }
  }

  /** Rows that each seed draws for itself; none is kept. */
  record Drawn(DataSpec.Synthetic key) implements Origin {
    @Override
    public String checksum() {
      return "";
    }

    @Override
    public Source read(NDManager manager) {
      return new LinearTruth(key).draw(0);
    }

    @Override
    public @Nullable Source readWithoutEngine() {
      // The specification says all that there is to check.
      return null;
    }

    @Override
    public Source rows(long seed, Map<Object, Source> kept, NDManager manager) {
      return new LinearTruth(key).draw(seed);
    }
  }

  /** Reads all rows. */
  interface Reader {
    /** Those of a set that needs no engine. */
    Source read() throws DataException;
  }
}
