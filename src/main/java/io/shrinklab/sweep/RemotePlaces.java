package io.shrinklab.sweep;

/** Places of other machines, behind a {@link Courier}. */
final class RemotePlaces implements Workplaces {
  /** Orders on the way for each core, so that it has the next while the last one is stored here. */
  private static final int AHEAD = 2;

  private final Site site;
  private final Courier courier;

  private RemotePlaces(Site site, Courier courier) {
    this.site = site;
    this.courier = courier;
  }

  static Maker with(Courier courier) {
    return site -> new RemotePlaces(site, courier);
  }

  @Override
  public int count() {
    return AHEAD * site.workers();
  }

  @Override
  public Workplace place(int number) {
    return new RemotePlace(site, courier);
  }

  /** Who connected to the machines lets them go. */
  @Override
  public void close() {}
}
