using System.Globalization;
using System.Text;

namespace Headroom.Internal.Lines;

/// <summary>Counts names and says the most frequent ones: <c>Cart.cs (12), Item.cs (3) and 4 more</c>.</summary>
internal sealed class TopNames
{
    /// <summary>A gap's phrase is a hint; more names belong to a retrieval.</summary>
    private const int MaxNames = 5;

    /// <summary>A longer name would fill the phrase alone.</summary>
    private const int MaxLength = 60;

    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    public void Add(string name)
    {
        if (name.Length == 0 || name.Length > MaxLength) return;
        ref int count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, name, out bool known);
        count++;
        if (!known) _order.Add(name);
    }

    public override string ToString()
    {
        var phrase = new StringBuilder();
        foreach (string name in _order.OrderByDescending(n => _counts[n]).Take(MaxNames))
        {
            if (phrase.Length > 0) phrase.Append(", ");
            phrase.Append(name);
            if (_counts[name] > 1) phrase.Append(CultureInfo.InvariantCulture, $" ({_counts[name]})");
        }

        if (_order.Count > MaxNames) phrase.Append(CultureInfo.InvariantCulture, $" and {_order.Count - MaxNames} more");
        return phrase.ToString();
    }
}
