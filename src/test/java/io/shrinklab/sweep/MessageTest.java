package io.shrinklab.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.shrinklab.spec.KindTable;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageTest {
  @Test
  void everyMessageHasANameOnTheLineButTheOneThatWasNotUnderstood() {
    List<Class<?>> named =
        Arrays.stream(Message.class.getAnnotation(JsonSubTypes.class).value())
            .<Class<?>>map(JsonSubTypes.Type::value)
            .toList();
    assertThat(KindTable.kinds(Message.class))
        .doesNotHaveDuplicates()
        .filteredOn(kind -> kind != Message.NotUnderstood.class)
        .containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void nobodyCanSendWhatWasNotUnderstood() {
    for (String name : List.of("notUnderstood", "NotUnderstood", "Message$NotUnderstood")) {
      String line = "{\"message\":\"" + name + "\",\"reason\":\"me\"}";
      assertThatThrownBy(() -> Message.read(line)).isInstanceOf(JsonProcessingException.class);
    }
  }

  @Test
  void onlyWhatWorkersSayIsTheirAnswer() {
    assertThat(Message.parse("{\"message\":\"started\"}")).isEqualTo(new Message.Started());
    assertThat(Message.parse("{\"message\":\"end\"}")).isNull();
    assertThat(Message.parse("Segmentation fault")).isNull();
  }
}
