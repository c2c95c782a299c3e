using System.Globalization;
using System.Text;
using Headroom.Cli.Proxy.Accounts;
using Headroom.Cli.Proxy.Forwarding;
using Headroom.Cli.Proxy.PrefixCache;
using Headroom.Cli.Wire;
using Headroom.Economics;
using Headroom.PromptCaching;

namespace Headroom.Cli.Proxy.Endpoints;

/// <summary>Writes the figures in the text format of Prometheus, version 0.0.4. Labels are names of ours only: no models, no sessions.</summary>
internal sealed class MetricsText(ConversationCompressor compressor, ProxyAccounts accounts)
{
    public string Write()
    {
        LedgerSnapshot ledger = accounts.Ledger.Snapshot();
        LedgerFigures total = compressor.IsShadow ? ledger.Shadow : ledger.Compressed;
        var text = new StringBuilder();
        Head(text, "headroom_http_requests_total", "counter", "Requests, by what became of their bodies and how they ended.");
        foreach (((string Body, Delivery Delivery) key, long count) in accounts.Requests)
            Line(text, "headroom_http_requests_total", $"body=\"{key.Body}\",delivery=\"{OutcomeJson.NameOf(key.Delivery)}\"", count);
        Head(text, "headroom_failures_total", "counter", "Failures of the proxy's own, by stage. The requests went on as they came.");
        foreach ((string stage, long count) in accounts.Failures) Line(text, "headroom_failures_total", $"stage=\"{stage}\"", count);
        Head(text, "headroom_answered_requests_total", "counter", "Prompts that were answered and are in the figures below.");
        Line(text, "headroom_answered_requests_total", "", total.Requests);
        Head(text, "headroom_tokens_total", "counter", $"Text tokens counted by {compressor.Tokens.Name}, without Headroom and as {(compressor.IsShadow ? "they would have been " : "")}sent, by what they are a share of.");
        Balance(text, "whole_wire", total.WholeWire);
        Balance(text, "new_input", total.NewInput);
        Balance(text, "touched_items", total.TouchedItems);
        Head(text, "headroom_reported_tokens_total", "counter", "Tokens as providers reported them.");
        Line(text, "headroom_reported_tokens_total", "type=\"input\"", total.Reported.Input);
        Line(text, "headroom_reported_tokens_total", "type=\"cached_read\"", total.Reported.CachedRead);
        Line(text, "headroom_reported_tokens_total", "type=\"cache_written\"", total.Reported.CacheWritten);
        Line(text, "headroom_reported_tokens_total", "type=\"output\"", total.Reported.Output);
        Head(text, "headroom_cost_dollars_total", "counter", "Modelled cost of requests whose model has prices, without Headroom and as sent.");
        Line(text, "headroom_cost_dollars_total", "side=\"without\"", total.Money?.Without ?? 0);
        Line(text, "headroom_cost_dollars_total", "side=\"sent\"", total.Money?.Sent ?? 0);
        Items(text);
        PrefixFigures prefixes = accounts.Prefixes.Figures;
        Head(text, "headroom_prompt_cache_breaks_total", "counter", "Requests that did not begin with the one before of their conversation, by what changed.");
        foreach ((PrefixChange change, long count) in prefixes.Breaks) Line(text, "headroom_prompt_cache_breaks_total", $"change=\"{OutcomeJson.NameOf(change)}\"", count);
        Head(text, "headroom_prompt_cache_lost_tokens_total", "counter", "Tokens of these requests that could have been read from a cache, at most.");
        Line(text, "headroom_prompt_cache_lost_tokens_total", "", prefixes.LostTokens);
        return text.ToString();
    }

    private void Items(StringBuilder text)
    {
        Head(text, "headroom_items_total", "counter", "Tool results, each once, by kind.");
        foreach (KindFigures kind in accounts.Items.Kinds) Line(text, "headroom_items_total", $"kind=\"{kind.Kind}\"", kind.Items);
        Head(text, "headroom_item_tokens_total", "counter", "Tokens of tool results, each once, by kind, as they came and as they were sent.");
        foreach (KindFigures kind in accounts.Items.Kinds)
        {
            Line(text, "headroom_item_tokens_total", $"kind=\"{kind.Kind}\",side=\"before\"", kind.Before);
            Line(text, "headroom_item_tokens_total", $"kind=\"{kind.Kind}\",side=\"sent\"", kind.After);
        }

        Head(text, "headroom_outcomes_total", "counter", "Tool results, each once, by the reason for the form they have.");
        foreach ((OutcomeReason reason, long count) in accounts.Items.Reasons) Line(text, "headroom_outcomes_total", $"reason=\"{OutcomeJson.NameOf(reason)}\"", count);
    }

    private static void Balance(StringBuilder text, string of, TokenBalance balance)
    {
        Line(text, "headroom_tokens_total", $"of=\"{of}\",side=\"before\"", balance.Before);
        Line(text, "headroom_tokens_total", $"of=\"{of}\",side=\"sent\"", balance.Sent);
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static void Line(StringBuilder text, string name, string labels, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length > 0 ? $"{{{labels}}}" : "")} {value:R}\n");
}
