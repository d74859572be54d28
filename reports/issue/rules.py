"""The rules in words for somebody who maintains the app and has never heard of this harness."""

from typing import Literal

from harness.values import Value

# What of the page, or of its traffic, says whether a rule held.
Matter = Literal[
    "elements",
    "rows",
    "height",
    "scroll",
    "anchor",
    "address",
    "directory",
    "changes",
    "artifacts",
    "composer",
    "queue",
    "busy",
    "readiness",
    "prompts",
    "answers",
    "messages",
]


class Told(Value):
    """A rule: what is wrong, what must hold, and what shows it.

    `why` goes on from “Otherwise”, `watch` from “Watch:”; `seed` is the sentence of the issue that
    the rule comes from, word for word.
    """

    title: str
    rule: str
    why: str
    seed: str
    watch: str
    shows: tuple[Matter, ...]


RULES: dict[str, Told] = {
    "timeline-mounted": Told(
        title="The message timeline is built anew while the same session stays on screen",
        rule="As long as one session is on screen, its timeline, the element that scrolls and the "
        "composer stay the same DOM elements, also when the session's working directory changes.",
        why="what was loaded, the place where one was reading, and what is selected or focused "
        "in it are lost.",
        seed="Verify MessageTimeline does not unmount",
        watch="the timeline flickers or jumps. To be sure, select the timeline in the element "
        "inspector before this step: afterwards it is no longer the node in the document.",
        shows=("elements", "rows", "scroll"),
    ),
    "rendered-window-kept": Told(
        title="Messages that were loaded are thrown away",
        rule="Messages once rendered stay rendered; in a virtual list the content keeps its height "
        "and the rows around the reader stay.",
        why="who had scrolled up has to load the same history again, and loses the place.",
        seed="rendered count does not reset to the initial small window",
        watch="the scroll bar's thumb grows at once, and the older messages are gone.",
        shows=("rows", "height", "scroll"),
    ),
    "reading-position-kept": Told(
        title="The message that one is reading moves away",
        rule="The first message in view keeps its place within 1 px while nobody scrolls; a reader "
        "at the bottom stays within 4 px of it.",
        why="whoever reads older messages loses the place each time the agent moves.",
        seed="scrollTop does not jump near 0",
        watch="the message that you noted at the top of the view is elsewhere.",
        shows=("anchor", "scroll", "rows"),
    ),
    "no-blank-frame": Told(
        title="The timeline goes blank for a moment",
        rule="A timeline that has shown messages shows some in every frame: the last good ones "
        "stay until newer ones are there.",
        why="the page flashes, and what one was reading is gone for that moment.",
        seed="Last-good timeline messages survive transient same-session cache misses.",
        watch="the timeline flashes empty. It may last one frame: record the screen, or the "
        "browser's performance panel with screenshots.",
        shows=("rows", "anchor", "scroll"),
    ),
    "send-target": Told(
        title="A prompt runs in another directory, session or server than it was sent from",
        rule="A prompt goes to the server, the session and the directory in which one is when one "
        "sends it, and the agent's tools run there.",
        why="the agent edits files and runs commands in the wrong working copy.",
        seed="follow-up sends against the intended execution directory",
        watch="have the agent run “pwd”: it prints another directory. In the network panel the "
        "request for the prompt names it, too.",
        shows=("prompts",),
    ),
    "send-once": Told(
        title="A prompt is lost, sent twice, changed or sent out of order",
        rule="Each prompt that is submitted leaves the page once, unchanged and in order; what was "
        "sent does not stay in the composer, and nothing leaves that nobody submitted.",
        why="words are lost, or the agent does the work twice.",
        seed="follow-up sends against the intended execution directory",
        watch="count the requests for the prompt in the network panel, and look into the composer.",
        shows=("prompts", "composer", "queue"),
    ),
    "turn-shown": Told(
        title="The timeline does not show what the server holds",
        rule="Every message that the server holds for the session on screen, as far as it is "
        "loaded, is shown once, whole and in order.",
        why="an answer is missing, doubled or cut, until one reloads the page.",
        seed="Old async results must not overwrite a newer execution context",
        watch="compare the last messages with those after a reload.",
        shows=("messages", "rows"),
    ),
    "command-gate": Told(
        title="A /command does not wait for its directory's command list, or a prompt does",
        rule="A /command waits until the command list of the directory is there, and is never sent "
        "as an ordinary prompt; ordinary prompts and shell lines do not wait for that list.",
        why="the model is sent the command's name as if it were a sentence.",
        seed="Directory switch followed by immediate /custom-command must not send command text as "
        "a normal prompt before command.list hydrates.",
        watch="which request carries the text, and whether it leaves before the command list came.",
        shows=("prompts", "readiness", "answers"),
    ),
    "model-gate": Told(
        title="A prompt does not wait for the model chosen for its directory",
        rule="A prompt waits until the model chosen for its directory is known, and asks for that "
        "one; never for a fallback. What needs no model does not wait for it.",
        why="the prompt is answered by a model that nobody chose, and is charged for.",
        seed="Directory switch followed by immediate send must not use fallback model/provider "
        "while local persisted model selection is still hydrating.",
        watch="the model in the prompt's request.",
        shows=("prompts", "readiness", "answers"),
    ),
    "readiness-visible": Told(
        title="The app says that it is ready when it is not, or the other way round",
        rule="The app shows one readiness with its components, and each is true: ready when, and "
        "only when, what it stands for has been loaded for the current directory.",
        why="every guard that asks this readiness decides wrongly.",
        seed="Replace scattered action gates with one observable action-readiness selector, with "
        "components such as cacheReady, statusReady, commandsReady, providerReady, and "
        "localModelReady.",
        watch="what the app shows as ready, beside the requests that are still open.",
        shows=("readiness", "directory", "answers"),
    ),
    "timeline-owner": Told(
        title="A session shows messages of another session",
        rule="The messages on screen belong to the session in the address; a session of the same "
        "id on another server or in another workspace shows nothing of it.",
        why="one reads, and answers, a conversation that is not this one.",
        seed="Same sessionID under different server/workspace must not reuse timeline, follow-up, "
        "or action state accidentally.",
        watch="the messages on screen before the answer for this session has come.",
        shows=("address", "rows", "anchor", "messages"),
    ),
    "followup-owner": Told(
        title="Waiting prompts, or words in the composer, are not what the session should have",
        rule="Prompts that wait, and words in the composer that are not sent yet, belong to one "
        "session on one server, and are there again after a reload.",
        why="words go to a session that they were not meant for, or are lost.",
        seed="Move follow-up persistence and queued draft ownership to { serverKey, sessionID } or "
        "an equivalent collision-proof scope.",
        watch="the list of waiting prompts and the composer.",
        shows=("address", "queue", "composer"),
    ),
    "followup-source": Told(
        title="A waiting prompt is sent although its session is not on screen or not idle",
        rule="A prompt that waits is sent by itself only while the session it was written in is "
        "the one on screen, and its agent is idle.",
        why="it is sent with the directory and the model of whatever session is on screen, or "
        "before it is known where the turn before it leaves the agent.",
        seed="Persist source scope with queued follow-up drafts and verify it before auto-send.",
        watch="a request for the prompt that leaves while another session is on screen, or before "
        "the server has said that the session is idle.",
        shows=("prompts", "address", "queue"),
    ),
    "followup-target": Told(
        title="A waiting prompt is sent to a directory in which the session no longer works",
        rule="A prompt that waited goes where the session works when it is sent, not where it "
        "worked when it was written.",
        why="the agent edits files and runs commands in the wrong working copy.",
        seed="follow-up sends against the intended execution directory",
        watch="have the agent run “pwd”: it prints another directory.",
        shows=("prompts", "directory", "queue"),
    ),
    "stale-revert": Told(
        title="The late answer to a revert changes a session or directory other than its own",
        rule="Whatever comes of a revert, or of its failure, changes only the session and the "
        "directory in which it was clicked.",
        why="messages or words of something else on screen are overwritten.",
        seed="Click revert, switch directory before the request settles, and verify API client, "
        "store writes, and prompt rollback only affect the click-time execution scope.",
        watch="the composer and the messages on screen when the answer comes.",
        shows=("answers", "address", "directory", "composer", "rows"),
    ),
    "stale-restore": Told(
        title="The late answer to a restore changes a session or directory other than its own",
        rule="Whatever comes of bringing back messages, or of its failure, changes only the "
        "session and the directory in which it was clicked.",
        why="messages or words of something else on screen are overwritten.",
        seed="Add epoch/revision guards for async revert/restore, prompt rollback, VCS/review, and "
        "artifact result application.",
        watch="the composer and the messages on screen when the answer comes.",
        shows=("answers", "address", "directory", "composer", "rows"),
    ),
    "stale-rollback": Told(
        title="The text of a prompt that failed is not given back to where it was written",
        rule="When a prompt cannot be sent its text goes back to the composer of the session it "
        "was written in, and to no other; words written since stay.",
        why="the text is lost, or stands where somebody may send it to another session.",
        seed="Add epoch/revision guards for async revert/restore, prompt rollback, VCS/review, and "
        "artifact result application.",
        watch="the composer of the session on screen, and that of the session of the prompt.",
        shows=("answers", "address", "composer", "queue"),
    ),
    "stale-vcs": Told(
        title="The review shows changes of a directory that the session has left",
        rule="Changes that were asked for in one directory and come when the session works in "
        "another are dropped: the review lists only files of the directory it names.",
        why="one reviews, and may commit or discard, the changes of another working copy.",
        seed="Review VCS diff tasks/results are guarded by execution directory.",
        watch="the list of files in the review: it changes to that of the directory left before.",
        shows=("answers", "directory", "changes"),
    ),
    "stale-artifact": Told(
        title="Artifacts of a directory that the session has left are shown",
        rule="Artifacts that were asked for in one directory and come when the session works in "
        "another are dropped.",
        why="one opens a file of another working copy.",
        seed="Add epoch/revision guards for async revert/restore, prompt rollback, VCS/review, and "
        "artifact result application.",
        watch="the list of artifacts: it changes to that of the directory left before.",
        shows=("answers", "directory", "artifacts"),
    ),
    "epoch-guard": Told(
        title="An answer from an earlier stay in a directory overwrites what is there now",
        rule="When a session leaves a directory and comes back to it, what was asked for during "
        "the first stay is dropped, though the directory's name is the same again.",
        why="the page shows an older state as the current one, and keeps it.",
        seed="Old async results must not overwrite a newer execution context even if the directory "
        "string is reused.",
        watch="lists and composer when the old answer comes: they fall back to what was before.",
        shows=("answers", "directory", "changes", "artifacts", "composer"),
    ),
    "status-merge": Told(
        title="The session is shown as busy when it is idle, or as idle when it is busy",
        rule="An answer to “what is busy” undoes no newer event, and clears a busy state that is "
        "older than the question.",
        why="one cannot send, or sends into a running turn.",
        seed="session.status() hydration preserves active events that arrive during the request "
        "and clears stale pre-request busy / retry when the fresh snapshot is idle.",
        watch="the sign that the agent is at work.",
        shows=("busy", "answers"),
    ),
    "store-retention": Told(
        title="What is known of the current directory is evicted while the session works in it",
        rule="What has been loaded for the directory in which the session on screen works stays "
        "loaded, whatever happens in other directories.",
        why="the app asks for everything again, and meanwhile nothing can be sent.",
        seed="Current-directory child-store retention follows the live directory accessor instead "
        "of a long-lived provider owner.",
        watch="what the app shows as ready, and whether it asks the server anew.",
        shows=("directory", "readiness"),
    ),
}
