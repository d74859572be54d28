"""What a run is asked to do, and what of it can be refused before anything is started."""

from pathlib import Path
from urllib.parse import urlsplit

from fixtures.faults import Fault, catalogue
from harness.baseline import Applying, load_baseline
from harness.errors import UsageError, unknown
from harness.flows import flows, in_part, left_out, named
from harness.plans import Plan, predict
from harness.properties import PROPERTIES
from harness.targets.catalogue import target_named
from harness.targets.protocol import Asked, Choosy
from harness.targets.reference import TRAITS
from harness.traits import Traits
from harness.values import Value

PORTS = range(1, 2**16)


class RunOptions(Value):
    """What to run and where to keep it."""

    target: str = "reference"
    app_version: str | None = None
    base_url: str | None = None
    server_url: str | None = None  # of an app whose page and server have two addresses
    agent_port: int | None = None  # of the scripted model server; None takes a free one
    fault: Fault | None = None
    reports: Path = Path("reports/out")
    workdir: Path | None = None
    only: tuple[str, ...] = ()  # names of flows; empty means all
    plans: tuple[Plan, ...] = ()  # instead of the named flows
    baseline: Path | None = None  # the file of accepted findings
    unmasked: bool = False  # whether secrets stand in the journal as they are
    strict: bool = False  # whether what no longer occurs of them fails


def not_tried(options: RunOptions, traits: Traits) -> dict[str, str]:
    """The flows that an app with these traits has no way to do, each with the reason."""
    if options.plans or options.only:
        return {}
    rest = {f"the rest of {name}": lack for name, lack in in_part(traits).items()}
    return left_out(traits) | rest


def ensure_possible(options: RunOptions) -> None:
    """Refuse what no start of an app can mend.

    Raises:
        UsageError: the target or a flow is unknown, the plan is not allowed, the baseline cannot be
            read or is another target's, or options exclude each other.
    """
    target = target_named(options.target)
    _ensure_address("--base-url", options.base_url)
    _ensure_address("--server-url", options.server_url)
    if options.agent_port is not None and options.agent_port not in PORTS:
        raise UsageError(f"--agent-port takes 1 to {PORTS[-1]}, not {options.agent_port}")
    if options.server_url and options.target in {"reference", "opencode"}:
        raise UsageError(
            f"{options.target} has one address for its page and its server: leave out --server-url"
        )
    if options.target == "reference":
        _ensure_reference(options)
    elif options.fault:
        raise UsageError("faults are changes to the reference app: leave out --target")
    if isinstance(target, Choosy):
        target.ensure_possible(Asked(options.app_version, options.base_url, options.server_url))
    # What an app can do is known once it has started: here only a name that none has is refused.
    chosen(options, TRAITS)
    applying(options)


def chosen(options: RunOptions, traits: Traits) -> tuple[Plan, ...]:
    """The plans to be performed, as an app with these traits takes them.

    Raises:
        UsageError: a flow is unknown; the message lists those there are.
    """
    if options.plans:
        return options.plans
    if not options.only:
        return flows(traits)
    known = named(traits)
    strange = [name for name in options.only if name not in known]
    if strange and (lack := left_out(traits).get(strange[0])):
        raise UsageError(f"{options.target} has no way to do the flow {strange[0]}: {lack}")
    if strange:
        raise UsageError(unknown("flow", strange[0], known))
    return tuple(known[name] for name in options.only)


def is_whole(options: RunOptions) -> bool:
    """Whether all flows are asked for, of the app that can do all that the model knows."""
    return options.target == "reference" and not options.only and not options.plans


def again(options: RunOptions, app_version: str) -> tuple[str, ...]:
    """The options of `harness gate` that run against the same app again, beside those of the plan.

    Args:
        options: those of this run.
        app_version: the release that was found to run.
    """
    given = {"--target": options.target}
    if options.base_url:
        given["--base-url"] = options.base_url
    elif options.target != "reference":
        given["--app-version"] = app_version
    if options.server_url:
        given["--server-url"] = options.server_url
    if options.agent_port:
        given["--agent-port"] = str(options.agent_port)
    if options.fault:
        of_ours = options.fault in catalogue()
        given["--fault" if of_ours else "--fault-file"] = options.fault.id + (
            "" if of_ours else ".toml"
        )
    return tuple(word for pair in given.items() for word in pair)


def applying(options: RunOptions) -> Applying | None:
    """The baseline that is asked for, as of today; None where none is.

    Raises:
        UsageError: it cannot be read, is another target's, or names a rule that there is not.
    """
    path = options.baseline
    if path is None:
        if options.strict:
            raise UsageError("being strict is about a baseline: name its file with --baseline")
        return None
    baseline = load_baseline(path)
    if baseline.target != options.target:
        raise UsageError(
            f"the baseline {path} is for the target {baseline.target}, not {options.target}:"
            " name another file, or another --target"
        )
    known = [rule.id for rule in PROPERTIES]
    if strange := [each for each in baseline.accepted if each.property not in known]:
        raise UsageError(
            f"the baseline {path} accepts “{strange[0].cause}” of a rule:"
            f" {unknown('rule', strange[0].property, known)}"
        )
    return Applying(baseline=baseline, strict=options.strict)


def _ensure_address(option: str, given: str | None) -> None:
    if given is not None and not _is_address(given):
        raise UsageError(f"{option} takes an address like http://127.0.0.1:4096, not “{given}”")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        served = bool(parts.hostname) and parts.port != 0
    except ValueError:  # of a port that there cannot be, too
        return False
    return parts.scheme in {"http", "https"} and served


def _ensure_reference(options: RunOptions) -> None:
    for plan in options.plans:
        predict(plan, TRAITS)
    if options.fault and (problem := options.fault.problem()):
        raise UsageError(f"the fault {options.fault.id} does not apply: {problem}")
    if options.app_version:
        raise UsageError(
            "the reference app is part of the harness and has no other version:"
            " leave out --app-version, or name another --target"
        )
    if options.base_url:
        raise UsageError(
            "the reference app is started by the harness itself:"
            " leave out --base-url, or name another --target"
        )
