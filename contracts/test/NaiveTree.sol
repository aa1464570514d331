// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @dev RFC 9162 section 2.1 by its recursive definitions, slow and literal: the oracle of these tests. It shares no line
/// with the verifiers under test.
contract NaiveTree {
    /// @dev MTH, section 2.1.1.
    function root(bytes32[] calldata entries) external pure returns (bytes32) {
        return _root(entries, 0, entries.length);
    }

    /// @dev PATH, section 2.1.3.1.
    function inclusion(bytes32[] calldata entries, uint256 index) external pure returns (bytes32[] memory) {
        return _path(entries, 0, entries.length, index);
    }

    /// @dev PROOF, section 2.1.4.1; empty for the empty old tree, which the RFC leaves undefined.
    function consistency(bytes32[] calldata entries, uint256 oldSize) external pure returns (bytes32[] memory) {
        if (oldSize == 0) return new bytes32[](0);
        return _subproof(entries, 0, entries.length, oldSize, true);
    }

    function _root(bytes32[] calldata entries, uint256 from, uint256 to) private pure returns (bytes32) {
        if (from == to) return sha256("");
        if (to - from == 1) return sha256(bytes.concat(hex"00", entries[from]));
        uint256 k = _split(to - from);
        return sha256(bytes.concat(hex"01", _root(entries, from, from + k), _root(entries, from + k, to)));
    }

    function _path(bytes32[] calldata entries, uint256 from, uint256 to, uint256 index)
        private
        pure
        returns (bytes32[] memory)
    {
        if (to - from == 1) return new bytes32[](0);
        uint256 k = _split(to - from);
        if (index < k) return _append(_path(entries, from, from + k, index), _root(entries, from + k, to));
        return _append(_path(entries, from + k, to, index - k), _root(entries, from, from + k));
    }

    function _subproof(bytes32[] calldata entries, uint256 from, uint256 to, uint256 m, bool complete)
        private
        pure
        returns (bytes32[] memory)
    {
        if (m == to - from) {
            return complete ? new bytes32[](0) : _append(new bytes32[](0), _root(entries, from, to));
        }
        uint256 k = _split(to - from);
        if (m <= k) {
            return _append(_subproof(entries, from, from + k, m, complete), _root(entries, from + k, to));
        }
        return _append(_subproof(entries, from + k, to, m - k, false), _root(entries, from, from + k));
    }

    /// @dev The largest power of two smaller than n.
    function _split(uint256 n) private pure returns (uint256 k) {
        k = 1;
        while (k * 2 < n) k *= 2;
    }

    function _append(bytes32[] memory list, bytes32 item) private pure returns (bytes32[] memory longer) {
        longer = new bytes32[](list.length + 1);
        for (uint256 i = 0; i < list.length; i++) longer[i] = list[i];
        longer[list.length] = item;
    }
}
