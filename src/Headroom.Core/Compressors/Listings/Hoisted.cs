namespace Headroom.Compressors.Listings;

/// <summary>What the header of a long listing says once for all rows.</summary>
/// <param name="Owner">The owner and group of most rows, as <c>user:group</c>; <see langword="null"/> without rows.</param>
/// <param name="Links">The number of links, when it is the same in every row.</param>
internal sealed record Hoisted(string? Owner, string? Links)
{
    private const string OwnerStart = "; owner ", LinksStart = "; links ";

    public static Hoisted From(IEnumerable<LongRow?> rows)
    {
        List<LongRow> all = [.. rows.OfType<LongRow>()];
        string? owner = all.GroupBy(r => r.Owner, StringComparer.Ordinal).MaxBy(g => g.Count())?.Key; // the first of equals: groups come in order
        string[] links = [.. all.Select(r => r.Words[LongRow.Links]).Distinct(StringComparer.Ordinal).Take(2)];
        return new Hoisted(owner, links.Length == 1 ? links[0] : null);
    }

    public static Hoisted? Parse(string flags)
    {
        string? owner = null, links = null;
        int at = flags.IndexOf(LinksStart, StringComparison.Ordinal);
        if (at >= 0)
        {
            links = flags[(at + LinksStart.Length)..];
            flags = flags[..at];
        }

        if (flags.Length > 0)
        {
            if (!flags.StartsWith(OwnerStart, StringComparison.Ordinal)) return null;
            owner = flags[OwnerStart.Length..];
        }

        return new Hoisted(owner, links);
    }

    public override string ToString() => (Owner is null ? "" : OwnerStart + Owner) + (Links is null ? "" : LinksStart + Links);
}
