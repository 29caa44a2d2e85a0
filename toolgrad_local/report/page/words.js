// What the kinds of the records are called on the page.
const REASONS = {
  no_accepted_call: "no call was kept",
  no_query: "no query",
  unfinished: "no final answer",
  ungrounded: "an argument has no source",
  query: "the query fails the audit",
  response: "the response fails the audit",
  round_trip: "the round trip disagrees",
  duplicate: "asks what an earlier sample asks",
};

const KINDS = {
  untraced_argument: ["argument without a source", "No result, default, only value or wording of the query gives it."],
  leaked_id: ["id leaked into the query", "The query holds an id that only a result could give."],
  names_tool: ["query names a tool", "A user does not know the tools."],
  names_parameter: ["query names a parameter", "A user does not know the parameters."],
  technical_wording: ["technical wording", "The query speaks of endpoints, JSON or calls."],
  not_user_voice: ["not a user's voice", "The query does not read like a user's request."],
  unused_figure: ["figure that nothing uses", "A number or date of the query was given to no call."],
  call_not_asked: ["call not asked for", "The query would be fully answered without the call."],
  invented_figure: ["invented figure", "The response states a number that no result and not the query has."],
  invented_date: ["invented date", "The response states a date that no result and not the query has."],
  invented_name: ["invented name", "The response states a name that no result and not the query has."],
  call_not_used: ["call not used", "Nothing of the call's result, nor of what it led to, is in the response."],
  response_wording: ["wording of the response", "The response does not read like an answer to the user."],
};

const PARTS = { grounded: "arguments", query: "query", response: "response" };

const SOURCES = {
  query: ["❝", "said in the query"],
  edge: ["⇠", "from a result"],
  default: ["○", "default"],
  only_value: ["●", "only value"],
  untraced: ["⚠", "untraced"],
};

const OUTCOMES = {
  accepted: "a call was kept",
  no_proposal: "no proposal",
  no_success: "no call succeeded",
  not_selected: "none was worth keeping",
  no_selection: "no selection",
  chain_limit: "one chain too many",
  finished: "finished",
  gave_up: "gave up",
  abandoned: "on a branch that was left",
  no_reply: "no reply that fits",
};

const FAILURES = {
  cut_off: "cut off",
  schema_mismatch: "does not fit its schema",
  engine_error: "the engine gave up",
  echo: "repeats the prompt",
  unfounded: "says what is not known, or not what it has to",
};

function reasonWords(reason) {
  return reason === null ? "released" : (REASONS[reason] ?? reason);
}

function kindWords(kind) {
  return (KINDS[kind] ?? [kind.replaceAll("_", " "), ""])[0];
}

function chainLetter(chain) {
  return String.fromCharCode(65 + chain);
}
