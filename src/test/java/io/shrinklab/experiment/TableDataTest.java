package io.shrinklab.experiment;

import static io.shrinklab.experiment.ExperimentTexts.problems;
import static io.shrinklab.experiment.ExperimentTexts.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.shrinklab.spec.DataSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be asked of a table, before it is read. */
class TableDataTest {
  private static String text(String keys) {
    return ExperimentTexts.replaced(
        "{\"kind\": \"digits\"}",
        "{\"kind\": \"csv\", \"file\": \"t.csv\", \"target\": \"y\", \"validation\": 50"
            + keys.replace('\'', '"')
            + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "'columns': ['a', 'b', 'a']         ! columns: found [\"a\",\"b\",\"a\"]: each column once; given more than once: a",
        "'categorical': ['a', 'a', 'b']     ! categorical: found [\"a\",\"a\",\"b\"]: each column once; given more than once: a",
        "'columns': ['a', 'y']              ! columns: found [\"a\",\"y\"]: columns other than the target, y; it is predicted, and not predicted from",
        "'categorical': ['y']               ! categorical: found [\"y\"]: columns other than the target, y; it is predicted, and not predicted from",
        "'columns': ['p'], 'group': 'p'     ! columns: found [\"p\"]: columns other than the group, p; it parts the rows, and nothing is predicted from it",
        "'categorical': ['p'], 'group': 'p' ! categorical: found [\"p\"]: columns other than the group, p; it parts the rows, and nothing is predicted from it",
        "'columns': ['a'], 'categorical': ['b'] ! categorical: found [\"b\"]: some of data.columns",
        "'group': 'y'                       ! group: found \"y\": a column other than the target",
        "'separator': ''                    ! separator: found \"\": one character that is no letter, digit or line end",
        "'separator': ';;'                  ! separator: found \";;\": one character that is no letter, digit or line end",
        "'separator': 'a'                   ! separator: found \"a\": one character that is no letter, digit or line end",
        "'separator': '\\n'                 ! separator: found \"\\n\": one character that is no letter, digit or line end",
        "'decimal': ','                     ! separator: found \",\": another sign than data.decimal",
        "'decimal': ';'                     ! decimal: found \";\": \".\" or \",\"",
        "'quote': ','                       ! quote: found \",\": another sign than data.separator",
        "'quote': '--'                      ! quote: found \"--\": empty, or one character that is no letter, digit or line end",
        "'missing': 'ignore'                ! missing: found \"ignore\": needs one of refuse, drop-rows, impute",
      })
  void keysMustFitEachOther(String keys, String problem) {
    assertThat(problems(text(", " + keys))).contains("data." + problem);
  }

  /** In the order of the page: the plain one, then those of the options. */
  @Test
  void theExamplesOfThePageAreRead() throws Exception {
    String page = Files.readString(Path.of("docs/data.md"));
    String section = page.substring(page.indexOf("### `csv`"), page.indexOf("### `npz`"));
    List<String> examples =
        Pattern.compile("\"data\": (\\{[^}]*})")
            .matcher(section)
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();
    assertThat(examples).hasSize(2);
    for (String example : examples) {
      String text = ExperimentTexts.replaced("{\"kind\": \"digits\"}", example);
      assertThat(read(text).variants().get(0).data()).isInstanceOf(DataSpec.Csv.class);
    }
  }
}
