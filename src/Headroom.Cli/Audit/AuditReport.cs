using Headroom.Economics;

namespace Headroom.Cli.Audit;

/// <summary>An audited conversation and the file it is in.</summary>
internal sealed record ReportedConversation(FileAudit File, ConversationAudit Audit)
{
    /// <summary>The file's name, and where it holds several conversations the name of this one.</summary>
    public string Title => File.Conversations.Count > 1 ? $"{ShortName} ({Audit.Name})" : ShortName;

    private string ShortName => Path.GetFileName(File.Name) is { Length: > 0 } name ? name : File.Name;
}

/// <summary>A tool result and the conversation it is in.</summary>
internal sealed record ReportedItem(ReportedConversation In, AuditedItem Item);

/// <summary>Everything an audit found, summed up.</summary>
internal sealed class AuditReport
{
    public AuditReport(AuditOptions options, int top, IEnumerable<FileAudit> files)
    {
        (Options, Top, Files) = (options, top, [.. files]);
        Conversations = [.. Files.SelectMany(f => f.Conversations.Select(c => new ReportedConversation(f, c)))];
        Figures = Conversations.Aggregate(LedgerFigures.Zero, (sum, c) => sum.Add(c.Audit.Figures)) with { Conversations = Conversations.Count };
        Cache = Conversations.Aggregate(default(CacheComparison), (sum, c) => sum.Add(c.Audit.Cache));
        Reported = Conversations.Aggregate(default(ReportedUsage), (sum, c) => sum + c.Audit.Reported);
        Priced = Sum(isPriced: true);
        Unpriced = Sum(isPriced: false);
        Items = [.. Conversations.SelectMany(c => c.Audit.Items.Select(i => new ReportedItem(c, i)))];
        ByKind = ItemGroup.By(Items.Select(i => i.Item), i => i.Kind);
        ByTool = ItemGroup.By(Items.Select(i => i.Item), i => i.Tool);
        Heaviest = [.. Items.OrderByDescending(i => i.Item.WireBefore).Take(top)];
        Models = [.. Conversations.SelectMany(c => c.Audit.Models).Distinct(StringComparer.Ordinal)];
    }

    public AuditOptions Options { get; }

    /// <summary>How many of the heaviest results, of tools and of conversations are listed.</summary>
    public int Top { get; }

    public IReadOnlyList<FileAudit> Files { get; }

    public IReadOnlyList<ReportedConversation> Conversations { get; }

    /// <summary>The conversations, those with most tokens on the wire first.</summary>
    public IEnumerable<ReportedConversation> Largest => Conversations.OrderByDescending(c => c.Audit.Figures.WholeWire.Before);

    public LedgerFigures Figures { get; }

    public CacheComparison Cache { get; }

    /// <summary>What providers reported, over the requests and conversations that have it.</summary>
    public ReportedUsage Reported { get; }

    /// <summary>Dollars, over the conversations whose models all have prices; <see langword="null"/> where there is none.</summary>
    public AuditCost? Priced { get; }

    /// <summary>Tokens at the price of input, over the others.</summary>
    public AuditCost? Unpriced { get; }

    public int PricedConversations => Conversations.Count(c => c.Audit.Cost.IsPriced);

    public IReadOnlyList<ReportedItem> Items { get; }

    public IReadOnlyList<ItemGroup> ByKind { get; }

    public IReadOnlyList<ItemGroup> ByTool { get; }

    /// <summary>The results that cost most: by their tokens over all requests that sent them.</summary>
    public IReadOnlyList<ReportedItem> Heaviest { get; }

    public IReadOnlyList<string> Models { get; }

    /// <summary>Requests the agents made, without the rounds of retrieval they are estimated to have led to.</summary>
    public long Requests => Figures.Requests - Figures.RetrievalRounds;

    public int BrokenLines => Files.Sum(f => f.BrokenLines);

    /// <summary>Tokens of every request that stand in no transcript, as far as reported usage tells.</summary>
    public long Hidden => Conversations.Sum(c => (long)c.Audit.Fit.Hidden * c.Audit.Turns.Count);

    private AuditCost? Sum(bool isPriced) =>
        Conversations.Select(c => c.Audit.Cost).Where(c => c.IsPriced == isPriced).Aggregate((AuditCost?)null, (sum, c) => sum is null ? c : sum.Add(c));
}
