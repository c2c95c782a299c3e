using System.Collections.Frozen;

namespace Headroom.Internal.Code;

/// <summary>The words declarations of a language begin with.</summary>
/// <param name="Types">Words before the name of a type or module.</param>
/// <param name="Members">Words before the name of a function.</param>
/// <param name="Fields">Words before the name of a variable or constant.</param>
/// <param name="Modifiers">Words that may stand before all of them.</param>
internal sealed record LanguageWords(FrozenSet<string> Types, FrozenSet<string> Members, FrozenSet<string> Fields, FrozenSet<string> Modifiers)
{
    /// <summary>Words that begin statements: what follows them declares nothing.</summary>
    public static FrozenSet<string> Statements { get; } = Set(
        "if for while switch catch return else using lock foreach throw new await case do try elif with match loop finally yield assert goto break continue delete typeof sizeof super when select go "
        + "defer guard repeat print echo fixed checked unchecked in is not and or import package use from base def require include");

    /// <summary>Words before what is brought in from elsewhere, also between members.</summary>
    public static FrozenSet<string> Imports { get; } = Set("using import use package");

    /// <summary>Statements that go on behind their block: a value stands there.</summary>
    public static FrozenSet<string> Values { get; } = Set("return throw yield await new case typeof delete assert print echo");

    private static readonly FrozenDictionary<CodeLanguage, LanguageWords> All = new Dictionary<CodeLanguage, LanguageWords>
    {
        [CodeLanguage.CSharp] = Of("class struct interface enum record namespace delegate extension", "", "",
            "public private protected internal static abstract sealed override virtual async readonly const extern partial unsafe new required file ref event volatile implicit explicit fixed scoped"),
        [CodeLanguage.Java] = Of("class interface enum record", "", "", "public private protected static abstract final native synchronized transient volatile strictfp default sealed non"),
        [CodeLanguage.C] = Of("class struct union enum namespace concept typedef", "", "",
            "static inline extern const constexpr consteval constinit virtual explicit friend mutable volatile register thread_local typename noexcept __inline __forceinline"),
        [CodeLanguage.Script] = Of("class interface enum namespace module type", "function", "const let var",
            "export default declare async static public private protected readonly abstract override get set accessor"),
        [CodeLanguage.Go] = Of("type", "func", "const var", ""),
        [CodeLanguage.Rust] = Of("struct enum trait union mod impl type", "fn macro_rules", "const static", "pub unsafe extern async default crate"),
        [CodeLanguage.Kotlin] = Of("class interface object typealias", "fun constructor", "val var",
            "public private protected internal abstract final open override lateinit suspend operator infix inline tailrec inner sealed data enum annotation value expect actual external const companion noinline crossinline"),
        [CodeLanguage.Swift] = Of("class struct enum protocol extension actor typealias associatedtype", "func init deinit subscript", "var let",
            "public private fileprivate internal open static final override mutating nonmutating indirect weak unowned lazy dynamic optional convenience required nonisolated isolated prefix postfix infix package class"),
        [CodeLanguage.Php] = Of("class interface trait enum namespace", "function", "const", "public private protected static abstract final readonly var"),
    }.ToFrozenDictionary();

    public static LanguageWords For(CodeLanguage language) => All[language];

    /// <summary>Whether lines of the language end statements.</summary>
    public static bool EndsAtLineEnd(CodeLanguage language) => language is CodeLanguage.Script or CodeLanguage.Go or CodeLanguage.Kotlin or CodeLanguage.Swift;

    public static bool Has(FrozenSet<string> words, ReadOnlySpan<char> word) => words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static LanguageWords Of(string types, string members, string fields, string modifiers) => new(Set(types), Set(members), Set(fields), Set(modifiers));

    private static FrozenSet<string> Set(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
