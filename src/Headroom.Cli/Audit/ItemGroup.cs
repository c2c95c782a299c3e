namespace Headroom.Cli.Audit;

/// <summary>The tool results of one kind of text, or of one tool, in counted tokens.</summary>
internal sealed record ItemGroup(string Name)
{
    public int Results { get; init; }

    /// <summary>Results that were sent in another form.</summary>
    public int Changed { get; init; }

    /// <summary>Results of which parts were left out.</summary>
    public int Cut { get; init; }

    /// <summary>Cut results that would have been needed again, as estimated.</summary>
    public int NeededAgain { get; init; }

    /// <summary>Tokens of each result once, as recorded.</summary>
    public long Before { get; init; }

    /// <summary>Tokens of each result once, as first sent.</summary>
    public long After { get; init; }

    /// <summary>Tokens over all requests that sent them, as recorded.</summary>
    public long WireBefore { get; init; }

    /// <summary>Tokens over all requests that sent them, as sent.</summary>
    public long WireSent { get; init; }

    public long WireSaved => WireBefore - WireSent;

    /// <summary>Sums up items by name, what saves most first.</summary>
    public static List<ItemGroup> By(IEnumerable<AuditedItem> items, Func<AuditedItem, string> name) =>
    [
        .. items.GroupBy(name, StringComparer.Ordinal).Select(g => Sum(g.Key, [.. g]))
            .OrderByDescending(g => g.WireSaved).ThenByDescending(g => g.WireBefore).ThenBy(g => g.Name, StringComparer.Ordinal),
    ];

    private static ItemGroup Sum(string name, AuditedItem[] items) => new(name)
    {
        Results = items.Length,
        Changed = items.Count(i => i.Form != ItemForm.Unchanged || i.GaveWay),
        Cut = items.Count(i => i.WasCut),
        NeededAgain = items.Count(i => i.Retrievals > 0),
        Before = items.Sum(i => (long)i.TokensBefore),
        After = items.Sum(i => (long)i.TokensAfter),
        WireBefore = items.Sum(i => i.WireBefore),
        WireSent = items.Sum(i => i.WireSent),
    };
}
