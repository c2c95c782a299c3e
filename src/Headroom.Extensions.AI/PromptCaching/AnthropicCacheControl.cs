using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace Headroom.Extensions.AI.PromptCaching;

/// <summary>Writes a cache breakpoint as the adapter of Anthropic's official package reads it, without a reference to that package.</summary>
/// <remarks>What its <c>WithCacheControl</c> writes: a <c>CacheControlEphemeral</c> under this key. Any other type of value is ignored there.</remarks>
internal static class AnthropicCacheControl
{
    public const string Key = "anthropic:cache_control";

    private const string TypeName = "Anthropic.Models.Messages.CacheControlEphemeral";

    private static readonly Func<object?>? s_create = Find();

    /// <summary>Whether the package is there.</summary>
    public static bool IsAvailable => s_create is not null;

    /// <summary>Sets a breakpoint of the default lifetime.</summary>
    public static void Mark(AIContent content)
    {
        if (s_create?.Invoke() is { } control) (content.AdditionalProperties ??= [])[Key] = control;
    }

    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor, TypeName, "Anthropic")]
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The dependency above keeps the constructor; where it is gone all the same, no breakpoint is set.")]
    [UnconditionalSuppressMessage("Trimming", "IL2035", Justification = "The package is optional.")]
    private static Func<object?>? Find()
    {
#pragma warning disable CA1031 // A package that cannot be loaded is a package that is not there.
        try
        {
            return Type.GetType(TypeName + ", Anthropic", throwOnError: false) is { } type && Activator.CreateInstance(type) is not null ? () => Activator.CreateInstance(type) : null;
        }
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }
}
