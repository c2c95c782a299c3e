using Headroom.Conversation;
using Headroom.Storage;

namespace Headroom;

public sealed partial class ConversationCompressor
{
    private readonly Refusals _refusals = new();
    private int _isKeeping;

    /// <summary>The last time a store was told what is still in use; for tests, since nobody waits for it.</summary>
    internal Task Keeping { get; private set; } = Task.CompletedTask;

    private ValueTask<bool> IsResolvableAsync(ItemOutcome cut, ContextItem item, ConversationContext context, CancellationToken cancellationToken) =>
        IsResolvableAsync(cut, item, "", context, cancellationToken);

    /// <summary>Whether what is cut out of <paramref name="item"/> can be fetched back (law 5). Once refused, it stays refused (law 3).</summary>
    private async ValueTask<bool> IsResolvableAsync(ItemOutcome cut, ContextItem item, string question, ConversationContext context, CancellationToken cancellationToken)
    {
        if (context.HoldsOriginals) return true;
        if (_store is null) return false;
        var key = new OriginalKey(context.Scope, cut.OriginalId!);
        if (_refusals.Contains(key.Scope, key.Id, question)) return false;
        if (await _store.PutAsync(key, item.Text, cancellationToken).ConfigureAwait(false)) return true;
        _refusals.Add(key.Scope, key.Id, question);
        return false;
    }

    /// <summary>
    /// Tells the store which originals this conversation still refers to, and puts again what it has lost. In the background: what is sent does not
    /// depend on it. One conversation at a time; the others say it with their next request.
    /// </summary>
    private void Keep(IReadOnlyList<ContextItem> items, ItemOutcome[] outcomes, ConversationContext context)
    {
        if (_store is not { } store || context.HoldsOriginals) return;
        Dictionary<OriginalKey, string>? cut = null;
        for (int i = 0; i < outcomes.Length; i++)
        {
            if (outcomes[i] is { Form: ItemForm.Elided, OriginalId: { } id }) (cut ??= [])[new OriginalKey(context.Scope, id)] = items[i].Text;
        }

        if (cut is null || Interlocked.Exchange(ref _isKeeping, 1) != 0) return;
        Keeping = Task.Run(async () =>
        {
            try
            {
                foreach (OriginalKey lost in await store.KeepAsync([.. cut.Keys]).ConfigureAwait(false))
                {
                    if (cut.TryGetValue(lost, out string? original)) await store.PutAsync(lost, original).ConfigureAwait(false);
                }
            }
            finally
            {
                Volatile.Write(ref _isKeeping, 0);
            }
        });
    }
}
