using Headroom.Cli.Transcripts;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Audit;

/// <summary>The terms that hold for the requests of one conversation: of the model asked for, or of the one each request was recorded with. Not thread-safe.</summary>
internal sealed class ConversationTerms
{
    private readonly AuditOptions _options;
    private readonly Dictionary<string, ModelTerms> _known = new(StringComparer.Ordinal);

    public ConversationTerms(RecordedConversation conversation, AuditOptions options)
    {
        _options = options;
        WireUsage[] usages = [.. conversation.Requests.Select(r => r.Usage).OfType<WireUsage>()];
        HasHourLongEntries = 2 * usages.Sum(u => u.HourWrites) > usages.Sum(u => u.Counts.CacheWritten);
        IsPriced = conversation.Requests.All(r => Of(r.Model).IsPriced);
    }

    /// <summary>Whether most cache writes of the conversation were to live for an hour.</summary>
    public bool HasHourLongEntries { get; }

    /// <summary>Whether every request has a price.</summary>
    public bool IsPriced { get; }

    /// <summary>The terms of a recorded model.</summary>
    public ModelTerms Of(string? recordedModel)
    {
        if (_known.TryGetValue(recordedModel ?? "", out ModelTerms? terms)) return terms;
        terms = ModelTerms.For(_options.Model ?? recordedModel, _options.Prices);
        if (HasHourLongEntries) terms = terms.WithHourLongEntries();
        _known.Add(recordedModel ?? "", terms);
        return terms;
    }
}
