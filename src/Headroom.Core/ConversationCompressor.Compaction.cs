using Headroom.Conversation;
using Headroom.Conversation.References;

namespace Headroom;

public sealed partial class ConversationCompressor
{
    /// <summary>
    /// Makes room after <paramref name="node"/>: older results become markers, in one batch, and what pointed at them is worked out again.
    /// Depends on nothing but the conversation so far, so a replay takes the same step at the same place.
    /// </summary>
    /// <returns>The node with the step, or <paramref name="node"/> itself where it would not free enough.</returns>
    private async ValueTask<FoldNode> CompactAsync(FoldNode node, ContextBudget budget, ConversationContext context, VisibleLease lease, CancellationToken cancellationToken)
    {
        (ContextItem[] items, ItemOutcome[] outcomes) = node.Path();
        List<(int Item, ItemOutcome Marker)> markers = [];
        foreach (int i in budget.Choose(outcomes, i => _pipeline.CanWithdraw(items[i], outcomes[i])))
        {
            ItemOutcome marker = _pipeline.Withdraw(items[i], outcomes[i]);
            if (marker.TokensAfter < outcomes[i].TokensAfter) markers.Add((i, marker));
        }

        // Where little is left to free this is asked with every item, and what follows takes as long as the conversation is, and stores.
        if (!budget.IsWorthwhile(markers.Sum(m => outcomes[m.Item].TokensAfter - m.Marker.TokensAfter))) return node;
        SortedDictionary<int, ItemOutcome> changes = [];
        foreach ((int i, ItemOutcome marker) in markers)
        {
            if (await IsResolvableAsync(marker, items[i], context, cancellationToken).ConfigureAwait(false)) changes.Add(i, marker);
        }

        if (changes.Count == 0) return node;
        int first = changes.Keys.First();
        FoldState state = FoldState.Start;
        var visible = new VisibleLines();
        for (int i = 0; i < items.Length; i++)
        {
            visible.AddCall(items[i]);
            if (!changes.TryGetValue(i, out ItemOutcome? outcome))
            {
                outcome = outcomes[i];
                if (i > first && outcome.PointsBack) changes[i] = outcome = await OutcomeAsync(state.Prepare(items[i]), visible, context, cancellationToken).ConfigureAwait(false);
            }

            visible.Add(items[i], outcome);
            state = state.After(items[i], outcome);
        }

        if (!budget.IsWorthwhile(node.State.Tokens - state.Tokens)) return node;
        var step = new FoldNode(node.Parent, node.Item, outcomes[^1], state) { Changes = [.. changes.Select(c => (c.Key, c.Value))] };
        lease.Replace(step, visible);
        return step;
    }
}
