package io.shrinklab.api;

import io.shrinklab.spec.ShrinklabException;
import java.nio.file.Path;
import org.apiguardian.api.API;

/** The tables, charts and page of a sweep. */
@API(status = API.Status.STABLE)
public final class Report {
  private Report() {}

  /**
   * Writes them into the sweep's folder, each file whole or not at all. Where this Java runtime
   * cannot draw letters, the charts as pictures are left out; the page has its own.
   *
   * @return the page, {@code report.html}
   * @throws ShrinklabException when the folder cannot be written; older files are still there
   */
  public static Path write(Results results) throws ShrinklabException {
    results.report().publish();
    return results.report().page();
  }
}
