using System.Collections.Immutable;
using Headroom.Cli.Proxy.Bodies;
using Headroom.Economics;

namespace Headroom.Cli.Proxy.Accounts;

/// <summary>Sums tool results by kind and by reason, each when it is first seen in its conversation.</summary>
/// <remarks>Thread-safe. Bounded: what was not seen for long counts again when it comes back.</remarks>
internal sealed class NewItems
{
    /// <summary>Results a generation remembers, at some 20 bytes each.</summary>
    private const int Capacity = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, KindFigures> _kinds = new(StringComparer.Ordinal);
    private readonly SortedDictionary<OutcomeReason, long> _reasons = [];
    private HashSet<ulong> _young = [];
    private HashSet<ulong> _old = [];

    public ImmutableArray<KindFigures> Kinds
    {
        get
        {
            lock (_lock) return [.. _kinds.Values];
        }
    }

    public ImmutableArray<KeyValuePair<OutcomeReason, long>> Reasons
    {
        get
        {
            lock (_lock) return [.. _reasons];
        }
    }

    public void Add(string conversation, Prompt prompt, IReadOnlyList<ItemOutcome> outcomes)
    {
        ulong name = PromptBlock.HashOf(conversation);
        lock (_lock)
        {
            for (int i = 0; i < outcomes.Count; i++)
            {
                // By its place: the same text twice is two results, and the second may have become a line that names the first.
                if (prompt.Items[i].Role == ItemRole.Tool && IsNew(name + 0x9E3779B97F4A7C15 * (ulong)(i + 1))) Add(outcomes[i]);
            }
        }
    }

    private void Add(ItemOutcome outcome)
    {
        KindFigures sum = _kinds.GetValueOrDefault(outcome.Kind) ?? new KindFigures(outcome.Kind, 0, 0, 0, 0);
        _kinds[outcome.Kind] = sum with
        {
            Items = sum.Items + 1,
            Changed = sum.Changed + (outcome.Form == ItemForm.Unchanged ? 0 : 1),
            Before = sum.Before + outcome.TokensBefore,
            After = sum.After + outcome.TokensAfter,
        };
        _reasons[outcome.Reason] = _reasons.GetValueOrDefault(outcome.Reason) + 1;
    }

    private bool IsNew(ulong item)
    {
        if (_young.Contains(item)) return false;
        bool isNew = !_old.Contains(item);
        if (_young.Count >= Capacity) (_young, _old) = ([], _young);
        _young.Add(item);
        return isNew;
    }
}
