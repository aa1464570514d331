// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Merkle proofs of RFC 9162 (Certificate Transparency 2.0), over SHA-256
/// @notice The verifiers follow the numbered algorithms of the RFC word for word (sections 2.1.3.2 and 2.1.4.2), so that
/// a reader can lay the two side by side. `fn` and `sn` are the RFC's names. Only the two hashes are assembly: Solidity's own
/// `sha256(abi.encodePacked(…))` allocates and copies, some 400 gas a hash, thirty hashes an anchor; a test holds them equal.
/// @dev Neither verifier authenticates a tree size: a proof of size n may also verify for some other size. Whoever relies
/// on the size must recompute the tree (the registry's audit does).
library Rfc9162 {
    /// @notice Root of the tree without leaves: SHA-256 of the empty string (section 2.1.1).
    bytes32 internal constant EMPTY_ROOT = 0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855;

    /// @notice Leaf hash: SHA-256(0x00 ‖ entry). The prefix keeps a leaf from ever passing for a node.
    function leafHash(bytes32 entry) internal view returns (bytes32 hash) {
        // The bytes lie beyond the free-memory pointer, which is not moved: nobody else's memory is touched.
        assembly ("memory-safe") {
            let input := mload(0x40)
            mstore8(input, 0x00)
            mstore(add(input, 1), entry)
            // The precompile cannot fail but for want of gas; the constructor has checked that the chain has it.
            if iszero(staticcall(gas(), 0x02, input, 33, 0x00, 0x20)) { revert(0, 0) }
            hash := mload(0x00)
        }
    }

    /// @notice Node hash: SHA-256(0x01 ‖ left ‖ right).
    function nodeHash(bytes32 left, bytes32 right) internal view returns (bytes32 hash) {
        assembly ("memory-safe") {
            let input := mload(0x40)
            mstore8(input, 0x01)
            mstore(add(input, 1), left)
            mstore(add(input, 33), right)
            if iszero(staticcall(gas(), 0x02, input, 65, 0x00, 0x20)) { revert(0, 0) }
            hash := mload(0x00)
        }
    }

    /// @notice Section 2.1.3.2: is `leaf` (a leaf hash) the one at `index` in the tree of `size` leaves under `root`?
    function verifyInclusion(bytes32 leaf, uint64 index, uint64 size, bytes32 root, bytes32[] calldata proof)
        internal
        view
        returns (bool)
    {
        if (index >= size) return false;
        uint64 fn = index;
        uint64 sn = size - 1;
        bytes32 r = leaf;
        for (uint256 i = 0; i < proof.length; i++) {
            if (sn == 0) return false; // a node too many
            if (fn & 1 == 1 || fn == sn) {
                r = nodeHash(proof[i], r);
                while (fn & 1 == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                r = nodeHash(r, proof[i]);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && r == root;
    }

    /// @notice Section 2.1.4.2: does the tree (`newSize`, `newRoot`) begin with the tree (`oldSize`, `oldRoot`)?
    /// @dev The RFC leaves sizes 0 and equal sizes to the caller. Here every tree extends the empty one and every tree
    /// extends itself, both with an empty proof only.
    function verifyConsistency(
        uint64 oldSize,
        uint64 newSize,
        bytes32 oldRoot,
        bytes32 newRoot,
        bytes32[] calldata proof
    ) internal view returns (bool) {
        if (oldSize > newSize) return false;
        if (oldSize == newSize) return proof.length == 0 && oldRoot == newRoot;
        if (oldSize == 0) return proof.length == 0 && oldRoot == EMPTY_ROOT;
        uint64 fn = oldSize - 1;
        uint64 sn = newSize - 1;
        while (fn & 1 == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        // The RFC puts the old root before the path when oldSize is a power of two, which is when fn has become 0.
        bool whole = fn == 0;
        if (!whole && proof.length == 0) return false;
        bytes32 fr = whole ? oldRoot : proof[0];
        bytes32 sr = fr;
        for (uint256 i = whole ? 0 : 1; i < proof.length; i++) {
            if (sn == 0) return false; // a node too many
            if (fn & 1 == 1 || fn == sn) {
                fr = nodeHash(proof[i], fr);
                sr = nodeHash(proof[i], sr);
                while (fn & 1 == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = nodeHash(sr, proof[i]);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && fr == oldRoot && sr == newRoot;
    }
}
