using Microsoft.SemanticKernel;

namespace Headroom.SemanticKernel;

/// <summary>Settings of Headroom that concern kernels: <c>services.Configure&lt;HeadroomKernelOptions&gt;(o => …)</c>.</summary>
public sealed class HeadroomKernelOptions
{
    /// <summary>Chooses the scope originals are stored in, such as a tenant named in <see cref="Kernel.Data"/>: an id can be redeemed only in the scope it was stored in.</summary>
    /// <value>The default is <see langword="null"/>: one scope for all.</value>
    public Func<Kernel, string>? ScopeSelector { get; set; }

    internal string ScopeOf(Kernel? kernel) => kernel is null ? "" : ScopeSelector?.Invoke(kernel) ?? "";
}
