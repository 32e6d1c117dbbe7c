package io.shrinklab.outcome;

import org.apiguardian.api.API;

/** How a run ended. */
@API(status = API.Status.STABLE)
public enum RunStatus {
  /** Trained to the last epoch, or to a stop that the experiment asked for. */
  COMPLETED,
  /** The loss became NaN or infinite; the epochs before are kept. A result, not a failure. */
  DIVERGED,
  /** It could not be trained; the reason says why. Tried again by the next sweep. */
  FAILED
}
