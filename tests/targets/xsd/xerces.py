"""Xerces, which is part of every JDK, as a program that validates documents one after another."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self

PROGRAM = """
import java.io.*; import java.util.*; import javax.xml.transform.*; import javax.xml.transform.stream.*; import javax.xml.validation.*;
public class Validate {
  public static void main(String[] arguments) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    PrintStream out = new PrintStream(System.out, true, "UTF-8");
    Validator validator = null;
    for (String line; (line = lines.readLine()) != null; ) {
      String said = "valid";
      try {
        if (line.startsWith("schemas ")) {
          List<Source> sources = new ArrayList<>();
          File[] files = new File(line.substring(8)).listFiles();
          Arrays.sort(files);
          for (File file : files) sources.add(new StreamSource(file));
          validator = SchemaFactory.newInstance("http://www.w3.org/2001/XMLSchema").newSchema(sources.toArray(new Source[0])).newValidator();
        } else {
          validator.validate(new StreamSource(new ByteArrayInputStream(Base64.getDecoder().decode(line))));
        }
      } catch (Exception refusal) { said = String.valueOf(refusal.getMessage()).replaceAll("\\\\s+", " "); }
      out.println(said);
    }
  }
}
"""


class Xerces:
    """One virtual machine; it ends with the block."""

    def __init__(self, folder: Path) -> None:
        program = folder / "Validate.java"
        program.write_text(PROGRAM)
        self._process = subprocess.Popen(
            ["java", str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def schemas(self, folder: Path) -> str:
        """Take all schema documents of a folder; what is wrong with them, or nothing."""
        return self._asked(f"schemas {folder}")

    def fault(self, document: bytes) -> str:
        """What is wrong with a document, or nothing."""
        return self._asked(base64.b64encode(document).decode())

    def _asked(self, line: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline().strip()
        return "" if said == "valid" else said or "Xerces ended"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()


def available() -> bool:
    """Whether there is a JDK that compiles: one that only runs has no Xerces to be asked like this."""
    return shutil.which("java") is not None and shutil.which("javac") is not None
