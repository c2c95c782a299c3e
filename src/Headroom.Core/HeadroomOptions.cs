using System.Globalization;
using Headroom.Economics;
using Headroom.PromptCaching;
using Headroom.Storage;

namespace Headroom;

/// <summary>What a user can set. Validated and copied when a compressor is built: later edits change nothing.</summary>
public sealed class HeadroomOptions
{
    /// <summary>How far compression may go.</summary>
    /// <value>The default is <see cref="CompressionMode.Balanced"/>.</value>
    public CompressionMode Mode { get; set; } = CompressionMode.Balanced;

    /// <summary>Items shorter than this pass unchanged, in characters.</summary>
    /// <value>The default is 40: below about ten tokens a legend line costs more than any encoding saves. Range 0 to 1,000,000.</value>
    public int MinItemCharacters { get; set; } = 40;

    /// <summary>Texts shorter than this keep their spelling unless their kind keeps every value whole (JSON does), in characters.</summary>
    /// <value>
    /// The default is 4,000: in recorded agent sessions nearly all paths and names that were taken apart by a new layout and then
    /// needed by a later step stood in results of fewer characters, which together hold few of the tokens. Range 0 to 1,000,000.
    /// </value>
    public int MinRespelledCharacters { get; set; } = 4_000;

    /// <summary>Items longer than this pass unchanged, in characters: a bound on the memory one item can take.</summary>
    /// <value>The default is 128 Mi characters. Range 1,000 to 1 Gi.</value>
    public int MaxItemCharacters { get; set; } = 128 * 1024 * 1024;

    /// <summary>In <see cref="CompressionMode.Balanced"/>, items of at most this many tokens after reformatting are never cut.</summary>
    /// <value>The default is 2,000: below it a retrieval probability of about 60 % already eats the gain. Range 100 to 10,000,000.</value>
    public int BalancedThresholdTokens { get; set; } = 2_000;

    /// <summary>In <see cref="CompressionMode.Aggressive"/>, items of at most this many tokens after reformatting are never cut.</summary>
    /// <value>The default is 500: below it one retrieval in five already costs more than was saved. Range 100 to 10,000,000.</value>
    public int AggressiveThresholdTokens { get; set; } = 500;

    /// <summary>Whether lines that already stand, visible, earlier in the conversation become a short line that says where.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool BlockReferences { get; set; } = true;

    /// <summary>Tokens the model can read at once. As a conversation fills them up, older tool results give way to markers, in few large steps.</summary>
    /// <value>The default is <see langword="null"/>: nothing ever gives way. Range 2,000 to 100,000,000. Not together with <see cref="CompressionMode.Lossless"/>.</value>
    public int? ContextWindowTokens { get; set; }

    /// <summary>Sets <see cref="ContextWindowTokens"/>.</summary>
    public HeadroomOptions ContextWindow(int tokens)
    {
        ContextWindowTokens = tokens;
        return this;
    }

    /// <summary>Characters of conversations that are remembered, so that a call costs what is new in it. What was idle for longest is forgotten first, and worked out again when it comes back.</summary>
    /// <value>
    /// The default is 64 Mi: 128 MB at two bytes each, room for some eight conversations of 5 MB or some four hundred of 100 KB, since a text takes about 1.6 times
    /// its length with what is made of it. A chat client or reducer remembers as much again of the messages as it read them. Range 0 to 1 Ti.
    /// </value>
    public long MaxRememberedCharacters { get; set; } = 64L * 1024 * 1024;

    /// <summary>How long a call to the store of originals may take. Beyond, the text stays whole, or the model is told that the store cannot be reached.</summary>
    /// <value>The default is 5 seconds: a store that takes longer holds up the model more than the text would cost. Range 0.01 seconds to 10 minutes.</value>
    public TimeSpan StoreTimeout { get; set; } = GuardedOriginalStore.DefaultTimeout;

    /// <summary>Whether to measure only: everything is sent as it was handed in and no tool is declared, and the ledger shows what would have been.</summary>
    /// <value>The default is <see langword="false"/>. Front doors with a ledger heed it; nothing is held out then.</value>
    public bool Shadow { get; set; }

    /// <summary>The share of conversations that is sent as it was handed in, to compare the others with.</summary>
    /// <value>
    /// The default is 0. Range 0 to 1. Which conversations these are depends on how each begins, or on the name an application gives it, and
    /// on nothing else: it is the same for all requests of a conversation, on every machine. One held out at a smaller share is held out at a larger one.
    /// </value>
    public double HoldOutShare { get; set; }

    internal ToolPolicies ToolPolicies { get; private set; } = new();

    /// <summary>Whether anything can be cut at all under these settings: by the mode, or by the policy of a tool.</summary>
    public bool MayElide => Mode != CompressionMode.Lossless || ToolPolicies.AnyMayElide;

    /// <summary>Starts a policy for the results of one tool: <c>options.Tool("read_file").Lossless()</c>.</summary>
    /// <param name="name">The tool's name as the model calls it, or the beginning of several names with a <c>*</c> behind it: <c>github__*</c>. The exact name wins, then the longest beginning.</param>
    /// <exception cref="ArgumentException">The name is empty, or has a <c>*</c> before its end.</exception>
    public ToolPolicyBuilder Tool(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (name.IndexOf('*', StringComparison.Ordinal) is >= 0 and var star && star < name.Length - 1)
            throw new ArgumentException($"\"{name}\": a * may only stand at the end of a tool's name, where it means every tool whose name begins so.", nameof(name));
        return new ToolPolicyBuilder(this, name);
    }

    /// <summary>What decides whether leaving something out pays: prices, turns left, how often a cut is followed by a retrieval.</summary>
    /// <value>The default is <c>new ElisionGateOptions()</c>.</value>
    public ElisionGateOptions Gate { get; set; } = new();

    /// <summary>What is done about the provider's prompt cache: warnings, breakpoints, the order of tools.</summary>
    /// <value>The default is <c>new PromptCacheOptions()</c>: warnings only.</value>
    public PromptCacheOptions PromptCache { get; set; } = new();

    /// <summary>Throws when a value is out of range, naming every setting that is.</summary>
    /// <exception cref="ArgumentException">One or more settings are out of range; the message lists all of them.</exception>
    public void Validate()
    {
        List<string> errors = [];
        if (!Enum.IsDefined(Mode)) errors.Add($"Mode: {(int)Mode} is not a compression mode; use Lossless, Balanced or Aggressive.");
        Check(errors, nameof(MinItemCharacters), MinItemCharacters, 0, 1_000_000);
        Check(errors, nameof(MinRespelledCharacters), MinRespelledCharacters, 0, 1_000_000);
        Check(errors, nameof(MaxItemCharacters), MaxItemCharacters, 1_000, 1 << 30);
        Check(errors, nameof(BalancedThresholdTokens), BalancedThresholdTokens, 100, 10_000_000);
        Check(errors, nameof(AggressiveThresholdTokens), AggressiveThresholdTokens, 100, 10_000_000);
        if (ContextWindowTokens is { } window) Check(errors, nameof(ContextWindowTokens), window, 2_000, 100_000_000);
        if (ContextWindowTokens is not null && Mode == CompressionMode.Lossless) errors.Add("ContextWindowTokens: in Lossless mode nothing is ever left out; use Balanced, or leave it unset.");
        if (MaxRememberedCharacters is < 0 or > 1L << 40) errors.Add("MaxRememberedCharacters: must be from 0 to 1 Ti.");
        if (StoreTimeout < TimeSpan.FromMilliseconds(10) || StoreTimeout > TimeSpan.FromMinutes(10)) errors.Add("StoreTimeout: must be from 0.01 seconds to 10 minutes.");
        if (HoldOutShare is not (>= 0 and <= 1)) errors.Add("HoldOutShare: must be from 0 to 1.");
        if (Gate is null) errors.Add("Gate: must not be null.");
        else errors.AddRange(Gate.Errors());
        if (PromptCache is null) errors.Add("PromptCache: must not be null.");
        else errors.AddRange(PromptCache.Errors());
        if (errors.Count > 0) throw new ArgumentException("Headroom options are invalid:\n- " + string.Join("\n- ", errors));
    }

    /// <summary>A copy that later edits of this object do not change.</summary>
    public HeadroomOptions Clone()
    {
        var copy = (HeadroomOptions)MemberwiseClone();
        copy.ToolPolicies = ToolPolicies.Clone();
        copy.Gate = Gate?.Clone()!; // a null stays, for Validate to name
        copy.PromptCache = PromptCache?.Clone()!;
        return copy;
    }

    private static void Check(List<string> errors, string name, int value, int min, int max)
    {
        if (value < min || value > max)
            errors.Add(string.Create(CultureInfo.InvariantCulture, $"{name}: {value:N0} is outside {min:N0} to {max:N0}."));
    }
}
