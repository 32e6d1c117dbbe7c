package io.shrinklab.sweep;

import io.shrinklab.results.Content;
import io.shrinklab.results.ResultsException;
import io.shrinklab.results.RunState;
import io.shrinklab.results.StoredRun;
import io.shrinklab.spec.RunSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Has runs trained on another machine, and stores what comes back once it is proved. */
final class RemotePlace implements Workplace {
  private final Workplaces.Site site;
  private final Courier courier;

  /** Of the run that ends now, should it have failed. */
  private String printed = "";

  RemotePlace(Workplaces.Site site, Courier courier) {
    this.site = site;
    this.courier = courier;
  }

  @Override
  public boolean ready(boolean apart) {
    return !site.stop().given();
  }

  @Override
  public Content printed() {
    return out -> out.write(printed.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<Reply> train(List<RunSpec> runs, Heard heard)
      throws ResultsException, SweepException, InterruptedException {
    Order order = Order.of(site, runs, courier.storesThere());
    printed = "";
    List<Delivery> deliveries;
    try {
      deliveries = courier.carry(order, site.stop()::given);
    } catch (OrderLostException e) {
      return Optional.of(new Reply.Died(String.valueOf(e.getMessage())));
    } catch (SweepException e) {
      // The machines may have heard first of an end that comes to us too.
      if (site.stop().givenWithin(RetryPolicy.PATIENCE)) {
        return Optional.of(new Reply.Died(String.valueOf(e.getMessage())));
      }
      throw e;
    }
    return answer(runs, deliveries, heard);
  }

  /** What has an answer of its own is told; the others share what is given back. */
  private Optional<Reply> answer(List<RunSpec> runs, List<Delivery> deliveries, Heard heard)
      throws ResultsException {
    SortedMap<Integer, RunSpec> open = new TreeMap<>();
    runs.forEach(run -> open.put(open.size(), run));
    Reply rest = new Reply.Died("The machine that trained it did not answer for it");
    for (Delivery delivery : deliveries) {
      printed = delivery.printed();
      Integer run = delivery.run();
      if (run == null) {
        rest = delivery.reply();
        if (open.size() == 1) {
          tell(heard, open.firstKey(), delivery);
        }
        continue;
      }
      RunSpec spec = open.get(run);
      if (spec == null) {
        continue;
      }
      Reply reply = delivery.reply();
      if (reply instanceof Reply.Stored) {
        StoredRun here = here(spec, delivery);
        reply = reply(here, delivery.host());
        here.record().ifPresent(record -> record.epochs().forEach(row -> heard.epoch(run, row)));
      } else {
        tell(heard, run, delivery);
      }
      if (reply instanceof Reply.Died) {
        rest = reply;
      } else {
        open.remove(run);
        heard.ended(run, reply);
      }
    }
    return open.isEmpty() ? Optional.empty() : Optional.of(rest);
  }

  private StoredRun here(RunSpec spec, Delivery delivery) throws ResultsException {
    site.folder().requireInPlace();
    return courier.storesThere()
        ? site.folder().read(spec)
        : site.folder().receive(spec, delivery.files());
  }

  private static Reply reply(StoredRun here, String host) {
    return here.state() == RunState.COMPLETE
        ? here.record()
            .<Reply>map(record -> new Reply.Stored(record.status(), record.reason()))
            .orElseThrow()
        : new Reply.Died("What came back from " + host + " is not this run: " + here.detail());
  }

  private static void tell(Heard heard, int run, Delivery delivery) {
    for (String line : delivery.epochs()) {
      if (Message.parse(line) instanceof Message.Epoch epoch) {
        heard.epoch(run, epoch.row());
      }
    }
  }

  /** Each order is on its own. */
  @Override
  public void leave() {}
}
