package io.shrinklab.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * What a worker is told. A thread of its own reads it, so that its end is noticed in the middle of
 * a run: unless an {@code end} message came before, the caller is dead, and the process ends.
 */
final class WorkerInput {
  /** Characters of a line that is not understood, in the answer to it. */
  private static final int QUOTED = 200;

  private final BlockingQueue<Message.ToWorker> messages = new LinkedBlockingQueue<>();

  /** Messages that have no answer yet. Guarded by this. */
  private int unanswered;

  private WorkerInput() {}

  /** Reads from now on. */
  static WorkerInput of(InputStream stream) {
    WorkerInput input = new WorkerInput();
    Thread reader = new Thread(() -> input.read(stream), "standard input");
    reader.setDaemon(true);
    reader.start();
    return input;
  }

  /** Waits for the next message. */
  Message.ToWorker next() throws InterruptedException {
    return messages.take();
  }

  /**
   * Gives a message its last answer.
   *
   * @param answer says it
   */
  synchronized void answered(Runnable answer) {
    // In one step: who has it may end the input at once, and all was answered.
    answer.run();
    unanswered--;
  }

  private synchronized void add(Message.ToWorker message) {
    unanswered++;
    messages.add(message);
  }

  private synchronized int unanswered() {
    return unanswered;
  }

  private void read(InputStream stream) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!line.isBlank()) {
          Message.ToWorker message = understood(line);
          add(message);
          if (message instanceof Message.End) {
            // All is said: callers may close what they wrote to, and have the answers still.
            return;
          }
        }
      }
    } catch (IOException e) {
      System.err.println("Standard input broke: " + e.getMessage());
    }
    int cut = unanswered();
    if (cut > 0) {
      System.err.println("Standard input ended without \"end\" before all was answered");
    }
    // Nothing is lost: complete runs are on the disk.
    Runtime.getRuntime().halt(cut > 0 ? 1 : 0);
  }

  private static Message.ToWorker understood(String line) {
    String why;
    try {
      if (Message.read(line) instanceof Message.ToWorker told) {
        return told;
      }
      why = "it is what workers say";
    } catch (JsonProcessingException e) {
      why = Message.reason(e);
    }
    String quoted = line.length() > QUOTED ? line.substring(0, QUOTED) + "..." : line;
    return new Message.NotUnderstood("Not understood: " + quoted + ": " + why);
  }
}
