namespace Headroom.Economics;

/// <summary>Keeps account in memory. What it holds is gone when the process ends.</summary>
/// <remarks>
/// Thread-safe. Bounded: the conversations idle for longest are dropped and stay in the sums; one that comes back begins with an
/// empty cache, which overstates what it costs both with and without Headroom.
/// </remarks>
public sealed class InMemoryHeadroomLedger : IHeadroomLedger
{
    /// <summary>Prefixes remembered over all conversations, at about 40 bytes each: 40 MB, whatever their lengths.</summary>
    private const int MaxPrefixes = 1_000_000;

    /// <summary>Names of counters remembered: a process has one or two.</summary>
    private const int MaxCounters = 16;

    private readonly Lock _lock = new();
    private readonly HeadroomLedgerOptions _options;
    private readonly Dictionary<string, LinkedListNode<Conversation>> _conversations = new(StringComparer.Ordinal);
    private readonly LinkedList<Conversation> _idleFirst = new();
    private readonly SortedSet<string> _counters = new(StringComparer.Ordinal);
    private readonly LedgerFigures[] _groups = [.. Enum.GetValues<LedgerGroup>().Select(_ => LedgerFigures.Zero)];
    private long _prefixes;
    private long _dropped;

    /// <summary>Creates an empty ledger.</summary>
    /// <param name="options">Settings; validated and copied. The default is <c>new HeadroomLedgerOptions()</c>.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public InMemoryHeadroomLedger(HeadroomLedgerOptions? options = null) => _options = (options ?? new HeadroomLedgerOptions()).Clone();

    /// <inheritdoc />
    public LedgerFigures Record(LedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ModelPrices? prices = _options.Prices.TryFind(entry.Model, out ModelPrices? found) ? found : null;
        lock (_lock)
        {
            Conversation conversation = Touch(entry.Conversation, out bool isNew);
            if (conversation.Account is not { } account || !string.Equals(account.Model, entry.Model, StringComparison.Ordinal))
            {
                account = new LedgerAccount(entry.Model, _options.CacheRulesOf(entry.Model)); // another model has another cache
                _prefixes -= conversation.Account?.Size ?? 0;
                conversation.Account = account;
            }

            _prefixes -= account.Size;
            LedgerFigures figures = account.Add(entry, prices) with { Conversations = isNew ? 1 : 0 };
            _prefixes += account.Size;
            (conversation.Group, conversation.Model) = (entry.Group, entry.Model);
            conversation.Figures = conversation.Figures.Add(figures);
            _groups[(int)entry.Group] = _groups[(int)entry.Group].Add(figures);
            if (entry.Counter.Length > 0 && _counters.Count < MaxCounters) _counters.Add(entry.Counter);
            while (_conversations.Count > 1 && (_conversations.Count > _options.MaxConversations || _prefixes > MaxPrefixes)) DropIdlest();
            if (_prefixes > MaxPrefixes) (conversation.Account, _prefixes) = (null, 0); // one conversation of a million prefixes begins anew
            return figures;
        }
    }

    /// <inheritdoc />
    public LedgerSnapshot Snapshot()
    {
        lock (_lock)
        {
            return new LedgerSnapshot
            {
                PricesAsOf = _options.Prices.AsOf,
                Counters = [.. _counters],
                Compressed = _groups[(int)LedgerGroup.Compressed],
                HeldOut = _groups[(int)LedgerGroup.HeldOut],
                Shadow = _groups[(int)LedgerGroup.Shadow],
                Conversations = [.. _idleFirst.Reverse().Select(c => new ConversationFigures(c.Key, c.Group, c.Model, c.Figures))],
                DroppedConversations = _dropped,
            };
        }
    }

    private Conversation Touch(string key, out bool isNew)
    {
        isNew = !_conversations.TryGetValue(key, out LinkedListNode<Conversation>? node);
        if (node is null) _conversations.Add(key, node = new LinkedListNode<Conversation>(new Conversation(key)));
        else _idleFirst.Remove(node);
        _idleFirst.AddLast(node);
        return node.Value;
    }

    private void DropIdlest()
    {
        Conversation idlest = _idleFirst.First!.Value;
        _idleFirst.RemoveFirst();
        _conversations.Remove(idlest.Key);
        _prefixes -= idlest.Account?.Size ?? 0;
        _dropped++;
    }

    private sealed class Conversation(string key)
    {
        public string Key => key;

        public LedgerGroup Group { get; set; }

        public string? Model { get; set; }

        public LedgerAccount? Account { get; set; }

        public LedgerFigures Figures { get; set; } = LedgerFigures.Zero;
    }
}
