"""Everything this package raises on purpose. Misfortune inside the data is a value, not an exception."""


class ToolgradError(Exception):
    """Wrong input or a broken part: one line that says place, value and remedy."""

    exit_code = 1


class ConfigError(ToolgradError):
    """A value in a YAML file or on the command line."""

    exit_code = 2


class CatalogError(ToolgradError):
    """A tool definition or a domain is wrong; names domain and tool."""

    exit_code = 2


class PromptError(ToolgradError):
    """An unknown prompt, or a variable that it lacks."""


class TeacherError(ToolgradError):
    """Weights missing or corrupt, or a server that cannot start or keeps dying. The journal is intact."""


class RequestRefused(TeacherError):
    """The server is well and refuses this one request; another server would refuse it too."""


class ReplyError(ToolgradError):
    """A reply is cut off or does not fit its schema. The loop turns it into a step outcome."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        """cut_off, unparsable, schema_mismatch, engine_error, echo (it repeats the prompt) or
        unfounded (it says what is not known, or not what it has to)."""


class JournalError(ToolgradError):
    """Locked by another process, made under another config, or damaged."""


class TrainingError(ToolgradError):
    """A folder that holds another training, or one that cannot go on."""


class BundleError(ToolgradError):
    """A bundle for a machine without a network cannot be made."""


class Interrupted(ToolgradError):
    """The user asked to stop; what was in flight has been finished and journaled."""

    exit_code = 130
